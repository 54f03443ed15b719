// A model that answers, opened on a device and tried there: a picture, a step, a whole answer.
import { parse } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { DeviceReport } from './backend.ts';
import type { Checkpoint } from './checkpoint/checkpoint.ts';
import { inputWidth } from './checkpoint/config.ts';
import type { Decoder, DecoderForm, WholeText } from './decoder/decoder.ts';
import { planDecoder } from './decoder/plan-decoder.ts';
import type { PrefixCache } from './decoder/prefix-cache.ts';
import type { Device } from './device.ts';
import { WholeAnswerError } from './errors.ts';
import { logSumExp, notANumber } from './generation/probabilities.ts';
import { GraphBuilder } from './graph/builder.ts';
import { imageEncoder } from './graph/image-encoder.ts';
import { ImageEncoder } from './image-encoder.ts';
import { integerProducts } from './integer-products.ts';
import { openTried, waves } from './open-tried.ts';
import type { OpenSession } from './sessions.ts';

export interface OpenModel {
  readonly encoder: ImageEncoder;
  readonly decoder: Decoder;
  readonly report: DeviceReport;
}

/** @throws DeviceError when the device holds none of the graphs, or computes what is no number */
export async function openModel(
  checkpoint: Checkpoint,
  device: Device,
  prefixes?: PrefixCache,
): Promise<OpenModel> {
  const { parts, report } = await openTried(checkpoint, device, {
    open: (open) => openParts(checkpoint, device, open, prefixes),
    warmUp: (parts) => warmUp(checkpoint, parts).finally(() => prefixes?.clear()),
  });
  return { ...parts, report };
}

type Parts = Omit<OpenModel, 'report'>;

async function openParts(
  checkpoint: Checkpoint,
  { report, writesWhole }: Device,
  openSession: OpenSession,
  prefixes: PrefixCache | undefined,
): Promise<Parts> {
  const { config, weights, folder, imageProcessor } = checkpoint;
  const { root } = parse(folder);
  const integers = await integerProducts(report.device, weights);
  const graph = new GraphBuilder('image-encoder', weights, root, integers);
  imageEncoder(graph, config, report.precision);
  const plan = planDecoder(checkpoint, root, {
    ...formFor(report),
    integers,
    atOnce: report.device === 'cuda' && writesWhole !== false,
  });
  const shape = {
    side: imageProcessor.size,
    queryTokens: config.numQueryTokens,
    width: inputWidth(config.textConfig),
  };
  return {
    encoder: new ImageEncoder(await openSession(graph.build()), shape),
    decoder: await plan.open(openSession, prefixes),
  };
}

/** onnxruntime-node knows tensors in a device's memory for WebGPU alone; from CUDA's it copies all that comes out. */
const formFor = ({ device, precision }: DeviceReport): DecoderForm => ({
  precision,
  kept: device === 'webgpu' ? 'inside' : 'outside',
});

/** A picture of waves, a prompt without words and a step; where the graph writes whole answers, a short one, too. */
async function warmUp({ imageProcessor, tokenizer }: Checkpoint, { encoder, decoder }: Parts): Promise<void> {
  const features = await encoder.encode(waves(imageProcessor.size));
  const ids = tokenizer.promptIds('');
  const decoding = decoder.begin();
  try {
    logSumExp(await decoding.prefill(features, ids));
    const [logits] = await decoding.step([{ parent: 0, id: ids[0] ?? 0 }]);
    logSumExp(logits as Float32Array);
  } finally {
    decoding.end();
    await setImmediate(); // what it leaves is kept by then
  }
  const another = { ...features, data: features.data.map((value) => -value) }; // of which nothing is kept
  await tryWholeAnswer(decoder, { features: another, ids, limit: 2, least: 2 });
}

async function tryWholeAnswer({ writeAtOnce }: Decoder, text: WholeText): Promise<void> {
  try {
    const choices = await writeAtOnce?.(text);
    if (choices?.some(({ logprob }) => Number.isNaN(logprob))) throw notANumber();
  } catch (error) {
    throw new WholeAnswerError(error);
  }
}
