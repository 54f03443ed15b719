// How pictures become pixels: preprocessor_config.json (transformers 4) or processor_config.json (transformers 5).
import { join } from 'node:path';
import { z } from 'zod';
import { CheckpointError } from '../errors.ts';
import type { ImageProcessorConfig } from '../preprocess.ts';
import { isJsonObject, parseFields, readJson } from './json-file.ts';

/** OpenAI CLIP's, BlipImageProcessor's defaults. */
const MEAN: Channels = [0.48145466, 0.4578275, 0.40821073];
const STD: Channels = [0.26862954, 0.26130258, 0.27577711];
/** Pillow's number for bicubic. */
const BICUBIC = 3;

type Channels = [number, number, number];
const channels = z.tuple([z.number(), z.number(), z.number()]);
const divisor = z.number().positive('a divisor has to be greater than 0');
const divisors = z.tuple([divisor, divisor, divisor]);
const size = z.union([
  z.int().positive(),
  z.object({ height: z.int().positive(), width: z.int().positive() }),
]);
const always = z.literal(true, 'only true is supported');

const schema = z.object({
  size: size.optional(),
  imageMean: channels.default(MEAN),
  imageStd: divisors.default(STD),
  rescaleFactor: z
    .number()
    .positive()
    .default(1 / 255),
  resample: z.literal(BICUBIC, 'only 3, bicubic, is supported').default(BICUBIC),
  doResize: always.default(true),
  doRescale: always.default(true),
  doNormalize: always.default(true),
  doCenterCrop: z.literal(false, 'only false is supported').default(false),
});

/**
 * @param imageSize side of the vision encoder's input, which the processor's must equal
 * @throws CheckpointError naming the field
 */
export async function readImageProcessorConfig(
  folder: string,
  imageSize: number,
): Promise<ImageProcessorConfig> {
  const { file, value } = await find(folder);
  const fields = parseFields(schema, withoutNulls(value), join(folder, file));
  const side = squareSide(fields.size, imageSize);
  if (side !== imageSize) {
    throw new CheckpointError(
      `${file}: size is ${JSON.stringify(fields.size)}, but config.json's vision_config.image_size is ${imageSize}. Make them equal.`,
    );
  }
  return { size: side, mean: fields.imageMean, std: fields.imageStd, rescaleFactor: fields.rescaleFactor };
}

async function find(folder: string) {
  for (const file of ['processor_config.json', 'preprocessor_config.json']) {
    const raw = await readJson(folder, file);
    const value = file === 'processor_config.json' ? raw?.image_processor : raw;
    if (value === undefined) continue;
    if (isJsonObject(value)) return { file, value };
    throw new CheckpointError(
      `${join(folder, file)}: image_processor is ${JSON.stringify(value)}, not an object. Save it with Blip2Processor.save_pretrained.`,
    );
  }
  throw new CheckpointError(
    `${folder} has neither preprocessor_config.json nor an image_processor in processor_config.json. Save it with Blip2Processor.save_pretrained.`,
  );
}

function squareSide(value: z.infer<typeof size> | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value === 'number') return value;
  return value.height === value.width ? value.height : Number.NaN;
}

const withoutNulls = (value: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null));
