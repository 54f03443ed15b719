// The rows of a language model's input that stand for words.
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { ModelError } from '../errors.ts';

/** A session over the graph of graph/token-embedding.ts. */
export class WordEmbedding {
  private readonly session: InferenceSession;
  private readonly vocabulary: number;
  private readonly width: number;

  constructor(session: InferenceSession, vocabulary: number, width: number) {
    this.session = session;
    this.vocabulary = vocabulary;
    this.width = width;
  }

  /**
   * All in one run.
   * @returns (tokens, width) of each text
   * @throws ModelError for an id that the model has no row for
   */
  async each(texts: readonly (readonly number[])[]): Promise<Float32Array[]> {
    const all = await this.rows(texts.flat());
    let end = 0;
    return texts.map(({ length }) => {
      const start = end;
      end += length * this.width;
      return all.subarray(start, end);
    });
  }

  /**
   * @returns (tokens, width)
   * @throws ModelError for an id that the model has no row for
   */
  async rows(ids: readonly number[]): Promise<Float32Array> {
    const strange = ids.find((id) => id >= this.vocabulary);
    if (strange !== undefined) {
      throw new ModelError(
        `The prompt has token ${strange}, but the decoder knows only ${this.vocabulary}. Leave out special tokens such as <image>.`,
      );
    }
    const { rows } = await this.session.run({
      ids: new Tensor('int32', Int32Array.from(ids), [ids.length]),
    });
    return (rows as Tensor).data as Float32Array;
  }

  async close(): Promise<void> {
    await this.session.release();
  }
}

/** The language model's input: the picture's rows, then the words'. */
export function joined(features: Float32Array, words: Float32Array): Float32Array {
  const rows = new Float32Array(features.length + words.length);
  rows.set(features);
  rows.set(words, features.length);
  return rows;
}
