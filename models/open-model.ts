// Opens a checkpoint's sessions on a device, and where that is no CPU runs each once, to see that it works and who
// holds its nodes.
import { parse } from 'node:path';
import type { DeviceReport } from './backend.ts';
import type { Checkpoint } from './checkpoint/checkpoint.ts';
import { inputWidth } from './checkpoint/config.ts';
import type { Decoder, DecoderForm, WholeText } from './decoder/decoder.ts';
import { planDecoder } from './decoder/plan-decoder.ts';
import type { PrefixCache } from './decoder/prefix-cache.ts';
import type { Device } from './device.ts';
import { deviceLabel } from './device-choice.ts';
import { DeviceError, WholeAnswerError } from './errors.ts';
import { logSumExp, notANumber } from './generation/probabilities.ts';
import { GraphBuilder } from './graph/builder.ts';
import { imageEncoder } from './graph/image-encoder.ts';
import { ImageEncoder } from './image-encoder.ts';
import { integerProducts } from './integer-products.ts';
import { type PlacedNodes, Placement } from './placement.ts';
import { type OpenSession, openAll, sessionOpener } from './sessions.ts';

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
  const { weights } = checkpoint;
  const { root } = parse(checkpoint.folder);
  const mapped = device.report.precision === 'f32' && weights.canBeMapped;
  const openSession = sessionOpener({ root, mapped }, device.sessionOptions);
  if (device.report.device === 'cpu') {
    const parts = await openAll(openSession, (open) => openParts(checkpoint, device, open, prefixes));
    return { ...parts, report: device.report };
  }
  const placement = await Placement.begin();
  const watched = placement.watch((profile) =>
    sessionOpener({ root, mapped }, { ...device.sessionOptions, ...profile }),
  );
  return openAll(watched, async (open) => {
    try {
      const parts = await openParts(checkpoint, device, open, prefixes);
      await warmUp(checkpoint, parts);
      const nodes = checkHeld(device.report, await placement.end());
      return { ...parts, report: { ...device.report, nodes } };
    } catch (error) {
      await placement.end().catch(() => {}); // the folder goes all the same
      throw error;
    }
  });
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
  const pixels = Float32Array.from({ length: 3 * imageProcessor.size ** 2 }, (_, at) => Math.sin(at));
  const features = await encoder.encode(pixels);
  const ids = tokenizer.promptIds('');
  const decoding = decoder.begin();
  try {
    logSumExp(await decoding.prefill(features, ids));
    const [logits] = await decoding.step([{ parent: 0, id: ids[0] ?? 0 }]);
    logSumExp(logits as Float32Array);
  } finally {
    decoding.end();
  }
  await tryWholeAnswer(decoder, { features, ids, limit: 2, least: 2 });
}

async function tryWholeAnswer({ writeAtOnce }: Decoder, text: WholeText): Promise<void> {
  try {
    const choices = await writeAtOnce?.(text);
    if (choices?.some(({ logprob }) => Number.isNaN(logprob))) throw notANumber();
  } catch (error) {
    throw new WholeAnswerError(error);
  }
}

function checkHeld(report: DeviceReport, nodes: PlacedNodes): PlacedNodes {
  if (nodes[report.device] !== undefined) return nodes;
  throw new DeviceError(`onnxruntime placed no node of the model on ${deviceLabel(report)}.`);
}
