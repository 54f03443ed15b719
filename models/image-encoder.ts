// Pixels in, features out: pictures that come together go through the graph in one run.
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { ImageFeatures } from './backend.ts';
import { discard } from './discard.ts';
import { Gatherer } from './gatherer.ts';
import { notANumber } from './generation/probabilities.ts';

export interface EncoderShape {
  /** Of the square of pixels. */
  readonly side: number;
  readonly queryTokens: number;
  readonly width: number;
}

/** Longer runs would keep answers waiting. */
export const PICTURES_AT_ONCE = 4;

/** A session over the graph of graph/image-encoder.ts. */
export class ImageEncoder {
  private readonly session: InferenceSession;
  private readonly shape: EncoderShape;
  private readonly pictures = new Gatherer(
    (pictures: readonly Float32Array[]) => this.encodeAll(pictures),
    PICTURES_AT_ONCE,
  );

  constructor(session: InferenceSession, shape: EncoderShape) {
    this.session = session;
    this.shape = shape;
  }

  /**
   * @param pixels (3, side, side), rescaled and normalised
   * @throws NumberError when the weights are damaged
   */
  async encode(pixels: Float32Array): Promise<ImageFeatures> {
    const features = await this.pictures.add(pixels);
    if (features.data.every(Number.isFinite)) return features;
    throw notANumber();
  }

  async close(): Promise<void> {
    await this.pictures.idle(); // a run would lose its session
    await this.session.release();
  }

  private async encodeAll(pictures: readonly Float32Array[]): Promise<ImageFeatures[]> {
    const { side, queryTokens, width } = this.shape;
    const pixels = new Float32Array(pictures.length * 3 * side * side);
    for (const [at, picture] of pictures.entries()) pixels.set(picture, at * 3 * side * side);
    const { features } = await this.session.run({
      pixels: new Tensor('float32', pixels, [pictures.length, 3, side, side]),
    });
    discard([pixels]);
    const all = (features as Tensor).data as Float32Array; // (pictures, queries, width)
    const size = queryTokens * width;
    return pictures.map((_, at) => ({ queryTokens, width, data: all.slice(at * size, (at + 1) * size) }));
  }
}
