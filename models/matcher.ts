// A loaded checkpoint that matches pictures and texts (Blip2ForImageTextRetrieval): the seam beside Backend, which
// answers. Runs on this thread.
import { parse } from 'node:path';
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { DeviceReport } from './backend.ts';
import { type RetrievalCheckpoint, readRetrievalCheckpoint } from './checkpoint/checkpoint.ts';
import { nameDamaged } from './checkpoint/quantised-weights.ts';
import { contrastiveScore } from './contrastive-score.ts';
import type { Device } from './device.ts';
import { ModelError, RequestError } from './errors.ts';
import { notANumber } from './generation/probabilities.ts';
import { GraphBuilder } from './graph/builder.ts';
import { imageTower, matchingHead, textTower } from './graph/retrieval.ts';
import { integerProducts } from './integer-products.ts';
import { CPU_DEVICE, type LocalBackendOptions, type Preprocess } from './local-backend.ts';
import { onDevice } from './on-device.ts';
import { openTried, waves } from './open-tried.ts';
import type { OpenSession } from './sessions.ts';

export interface ImageEmbeddings {
  /** (queries, width), row-major, each row of length 1: what texts' embeddings are compared with. */
  readonly data: Float32Array;
  readonly width: number;
  /** (patches + 1, vision width): what the vision encoder said, which `probability` reads again. */
  readonly patches: Float32Array;
}

export interface Match {
  /** Contrastive score, the cosine of picture and text: -1 to 1. Cheap; what a search ranks by. */
  readonly itc: number;
  /** Probability that they match, 0 to 1: the Q-Former reads both together, which is slower and finer. */
  readonly itm: number;
}

interface Sessions {
  readonly image: InferenceSession;
  readonly text: InferenceSession;
  readonly head: InferenceSession;
}

export class Matcher {
  /**
   * Checks the whole checkpoint before the first session is opened.
   *
   * @throws CheckpointError when the folder can't be loaded, or holds a checkpoint that answers instead
   */
  static async open(path: string, options: LocalBackendOptions): Promise<Matcher> {
    const checkpoint = await readRetrievalCheckpoint(path, options.weights);
    return onDevice(options.device ?? CPU_DEVICE, async (device) => {
      const make = (report: DeviceReport, sessions: Sessions) =>
        new Matcher(checkpoint, report, options.preprocess, sessions);
      const { parts, report } = await openTried(checkpoint, device, {
        open: (open) => openSessions(checkpoint, device, open),
        warmUp: (sessions) => make(device.report, sessions).warmUp(),
      });
      return make(report, parts);
    });
  }

  readonly device: DeviceReport;
  private readonly checkpoint: RetrievalCheckpoint;
  private readonly preprocess: Preprocess;
  private readonly sessions: Sessions;
  private readonly underWay = new Set<Promise<unknown>>();
  private released: Promise<void> | undefined;

  private constructor(
    checkpoint: RetrievalCheckpoint,
    device: DeviceReport,
    preprocess: Preprocess,
    sessions: Sessions,
  ) {
    this.device = device;
    this.checkpoint = checkpoint;
    this.preprocess = preprocess;
    this.sessions = sessions;
  }

  /** @throws ImageError when it can't be read; its message is safe to show to a person */
  async embedImage(image: Uint8Array): Promise<ImageEmbeddings> {
    return this.embedPixels(await this.preprocess(image, this.checkpoint.imageProcessor));
  }

  /** @param pixels (3, side, side), rescaled and normalised */
  async embedPixels(pixels: Float32Array): Promise<ImageEmbeddings> {
    const { imageProcessor, config } = this.checkpoint;
    const sides = [1, 3, imageProcessor.size, imageProcessor.size];
    const results = await this.run('image', { pixels: new Tensor('float32', pixels, sides) });
    return {
      data: floats(results.embeddings),
      width: config.imageTextHiddenSize,
      patches: floats(results.patches),
    };
  }

  /**
   * @returns (width), of length 1
   * @throws RequestError when the text is longer than the model reads
   */
  async embedText(text: string): Promise<Float32Array> {
    const { embedding } = await this.run('text', { ids: this.idsOf(text) });
    return floats(embedding);
  }

  /**
   * @throws RequestError when the text is longer than the model reads
   * @throws NumberError when the weights are damaged
   */
  async match(image: ImageEmbeddings, text: string): Promise<Match> {
    const match = await this.compute(image, text);
    if (!isNumber(match)) {
      throw await nameDamaged(notANumber(), this.checkpoint.folder, this.checkpoint.weights);
    }
    return match;
  }

  /** Once is enough, more often is harmless. Embedding and matching throw a ModelError from then on. */
  close(): Promise<void> {
    this.released ??= this.release();
    return this.released;
  }

  /** A picture of waves and a text without words. */
  private async warmUp(): Promise<void> {
    const image = await this.embedPixels(waves(this.checkpoint.imageProcessor.size));
    if (!isNumber(await this.compute(image, ''))) throw notANumber();
  }

  private async compute(image: ImageEmbeddings, text: string): Promise<Match> {
    const itc = contrastiveScore(image, await this.embedText(text));
    return { itc, itm: await this.probability(image, text) };
  }

  private async run(tower: keyof Sessions, feeds: InferenceSession.FeedsType) {
    if (this.released !== undefined) throw new ModelError('The model is closed. Open it again.');
    const run = this.sessions[tower].run(feeds);
    this.underWay.add(run);
    try {
      return await run;
    } finally {
      this.underWay.delete(run);
    }
  }

  private async release(): Promise<void> {
    await Promise.allSettled(this.underWay);
    for (const session of Object.values(this.sessions)) await session.release();
  }

  /** That picture and text belong together. */
  private async probability({ patches }: ImageEmbeddings, text: string): Promise<number> {
    const { hiddenSize } = this.checkpoint.config.visionConfig;
    const { logits } = await this.run('head', {
      patches: new Tensor('float32', patches, [patches.length / hiddenSize, hiddenSize]),
      ids: this.idsOf(text),
    });
    const [no = 0, yes = 0] = floats(logits);
    return 1 / (1 + Math.exp(no - yes)); // softmax of two
  }

  private idsOf(text: string): Tensor {
    const { tokenize, config } = this.checkpoint;
    const { maxPositionEmbeddings, vocabSize } = config.qformerConfig;
    const ids = tokenize(text);
    if (ids.length > maxPositionEmbeddings) {
      throw new RequestError(
        `The text has ${ids.length} tokens, but the model reads at most ${maxPositionEmbeddings}. Shorten it.`,
      );
    }
    const strange = ids.find((id) => id >= vocabSize);
    if (strange !== undefined) {
      throw new RequestError(
        `The text has token ${strange}, but the model knows only ${vocabSize}. Leave out special tokens such as <image>.`,
      );
    }
    return new Tensor('int32', Int32Array.from(ids), [ids.length]);
  }
}

async function openSessions(
  { config, folder, weights }: RetrievalCheckpoint,
  { report }: Device,
  open: OpenSession,
): Promise<Sessions> {
  const { device, precision } = report;
  const { root } = parse(folder);
  const integers = await integerProducts(device, weights);
  const build = (name: string, write: (graph: GraphBuilder) => void) => {
    const graph = new GraphBuilder(name, weights, root, integers);
    write(graph);
    return graph.build();
  };
  const image = build('image-tower', (graph) => imageTower(graph, config, precision));
  const text = build('text-tower', (graph) => textTower(graph, config));
  const head = build('matching-head', (graph) => matchingHead(graph, config));
  return { image: await open(image), text: await open(text), head: await open(head) };
}

const isNumber = ({ itc, itm }: Match) => !Number.isNaN(itc) && !Number.isNaN(itm);
const floats = (tensor: Tensor | undefined) => tensor?.data as Float32Array;
