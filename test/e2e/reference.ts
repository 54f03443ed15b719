// How far what reached the decoder, and what the decoder makes of it, is from what transformers computes. The goldens
// come from test/oracle: emoji.py and thread.py.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ImageFeatures } from '../../models/backend.ts';
import { readCheckpoint } from '../../models/checkpoint/checkpoint.ts';
import { planDecoder } from '../../models/decoder/plan-decoder.ts';
import { CPU, sessionOpener } from '../../models/sessions.ts';
import { floats } from '../models/support/goldens.ts';
import type { Decoded } from './backends.ts';

/** By the order in which f32 numbers are added up, features and logits differ by about 1e-5. */
export const tolerance = 3e-5;

/** The largest difference of a feature. */
export async function featureDistance(features: ImageFeatures | undefined, file: string): Promise<number> {
  const { pictures } = await golden<{ pictures: { file: string; features: string }[] }>('golden.json');
  const reference = floats(pictures.find((picture) => picture.file === file)?.features ?? '');
  return distance(features?.data, reference);
}

/** The largest difference of a logit of the first token that follows the prompt of turn three about the rocket. */
export async function logitDistance(decoded: Decoded | undefined): Promise<number> {
  if (!decoded) return Number.NaN;
  const { logits } = await golden<{ logits: string }>('thread.json');
  const checkpoint = await readCheckpoint(fileURLToPath(new URL('../../models/emoji', import.meta.url)));
  const plan = planDecoder(checkpoint, '/', { precision: 'f32' });
  const decoder = await plan.open(sessionOpener({ root: '/', mapped: false }, CPU));
  try {
    const { features, ids } = decoded;
    const decoding = decoder.begin();
    return distance(await decoding.prefill(features, ids), floats(logits));
  } finally {
    await decoder.close();
  }
}

async function golden<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(new URL(`../goldens/emoji/${name}`, import.meta.url), 'utf8')) as T;
}

/** NaN, which is less than nothing, where the two are not of one length. */
function distance(actual: Float32Array | undefined, expected: Float32Array): number {
  if (actual?.length !== expected.length) return Number.NaN;
  return actual.reduce((worst, value, at) => Math.max(worst, Math.abs(value - (expected[at] ?? 0))), 0);
}
