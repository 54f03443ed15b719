// Keys and values of texts in a device's memory, and the moves between them that never leave it.
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { GraphBuilder, type Precision } from '../graph/builder.ts';
import { blankTexts, chosenTexts, joinedTexts, type LayerShape } from '../graph/device-cache.ts';
import type { OpenSession } from '../sessions.ts';
import type { CacheShape } from './kv-cache.ts';

/** Some texts of all layers. Whoever has it releases it. */
export interface TextBlock {
  readonly texts: number;
  /** Positions that each text has room for. */
  readonly capacity: number;
  /** Of each layer, keys before values: (texts, heads, capacity, head width) each. */
  readonly tensors: readonly Tensor[];
}

interface Sessions {
  readonly blank: InferenceSession;
  readonly choose: InferenceSession;
  readonly join: InferenceSession;
  readonly lengthen: InferenceSession;
}

export class DeviceTexts {
  static async open(shape: CacheShape, precision: Precision, openSession: OpenSession): Promise<DeviceTexts> {
    const open = (name: string, write: (graph: GraphBuilder, layer: LayerShape) => void) => {
      const graph = new GraphBuilder(name, NO_WEIGHTS, '/');
      write(graph, { ...shape, precision });
      return openSession(graph.build(), 'kept');
    };
    return new DeviceTexts(shape, {
      blank: await open('blank-texts', blankTexts),
      choose: await open('chosen-texts', chosenTexts),
      join: await open('joined-texts', (graph, layer) => joinedTexts(graph, layer, 'texts')),
      lengthen: await open('longer-texts', (graph, layer) => joinedTexts(graph, layer, 'positions')),
    });
  }

  readonly shape: CacheShape;
  private readonly sessions: Sessions;

  private constructor(shape: CacheShape, sessions: Sessions) {
    this.shape = shape;
    this.sessions = sessions;
  }

  /** Zeros: what lies there otherwise may be no number, and a share of 0 times that would be none either. */
  async blank(texts: number, capacity: number): Promise<TextBlock> {
    const { layers, heads, headWidth } = this.shape;
    const sides = BigInt64Array.from([texts, heads, capacity, headWidth], BigInt);
    const feeds = { sides: new Tensor('int64', sides, [4]) };
    const places = Array.from({ length: 2 * layers }, () => feeds);
    return { texts, capacity, tensors: await runEach(this.sessions.blank, places) };
  }

  /** Those texts of the block, in that order; one may come more often than once. The block stays. */
  async choose({ capacity, tensors }: TextBlock, texts: readonly number[]): Promise<TextBlock> {
    const chosen = new Tensor('int32', Int32Array.from(texts), [texts.length]);
    const chosenTensors = await runEach(
      this.sessions.choose,
      tensors.map((x) => ({ x, chosen })),
    );
    return { texts: texts.length, capacity, tensors: chosenTensors };
  }

  /** One behind the other, of the same capacity. Both stay. */
  async join(one: TextBlock, other: TextBlock): Promise<TextBlock> {
    const tensors = await runEach(this.sessions.join, pairs(one, other));
    return { texts: one.texts + other.texts, capacity: one.capacity, tensors };
  }

  /** With room for more positions. The block stays. */
  async lengthen(block: TextBlock, capacity: number): Promise<TextBlock> {
    const more = await this.blank(block.texts, capacity - block.capacity);
    try {
      return { ...block, capacity, tensors: await runEach(this.sessions.lengthen, pairs(block, more)) };
    } finally {
      release(more.tensors);
    }
  }

  async close(): Promise<void> {
    for (const session of Object.values(this.sessions)) await session.release();
  }
}

export function release(tensors: readonly Tensor[]): void {
  for (const tensor of tensors) tensor.dispose();
}

const NO_WEIGHTS = {
  get: () => {
    throw new Error('These graphs have no weights.');
  },
  has: () => false,
  quantised: () => undefined,
};

const pairs = (one: TextBlock, other: TextBlock) =>
  one.tensors.map((x, at) => ({ x, z: other.tensors[at] as Tensor }));

/** Of all or, where one fails, of none. */
async function runEach(
  session: InferenceSession,
  feeds: readonly InferenceSession.FeedsType[],
): Promise<Tensor[]> {
  const made: Tensor[] = [];
  try {
    for (const each of feeds) made.push((await session.run(each)).y as Tensor);
    return made;
  } catch (error) {
    release(made);
    throw error;
  }
}
