// The rows of a language model's input that stand for words.
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { ModelError } from '../errors.ts';

/** A session over the graph of graph/token-embedding.ts. */
export class WordEmbedding {
  private readonly session: InferenceSession;
  private readonly vocabulary: number;

  constructor(session: InferenceSession, vocabulary: number) {
    this.session = session;
    this.vocabulary = vocabulary;
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
