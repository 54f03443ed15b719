// An image on its way to its features: fetched where nothing is kept of it, and told to be gone where that fails.
import type { FramePlace } from '../models/backend.ts';
import type { CaptionRequest, Scene } from './conversations.ts';
import { ConversationError } from './errors.ts';
import type { FeatureCache } from './features.ts';
import { frameOf } from './frames.ts';
import { problem } from './problems.ts';
import { whileWorking } from './progress.ts';

/** Who wants to see an image, and how it is fetched. */
export type Seeing = Pick<CaptionRequest, 'image' | 'fetchImage' | 'askedBy' | 'onProgress' | 'signal'>;

export class SeenImages {
  readonly #features: FeatureCache;

  constructor(features: FeatureCache) {
    this.#features = features;
  }

  /**
   * The key of an image's features, which are there then; fetched only where they weren't.
   * @throws ConversationError when the image is gone
   * @throws ImageError when it can't be read
   */
  async hashOf({ imageHash }: Pick<Scene, 'imageHash'>, seeing: Seeing): Promise<string> {
    if (imageHash && (await this.#features.knows(imageHash))) return imageHash;
    return this.see(seeing);
  }

  /** As `hashOf`, of an image that no scene knows. */
  async see({ image: scene, fetchImage, askedBy: caller, onProgress, signal }: Seeing): Promise<string> {
    onProgress?.({ stage: 'looking' });
    const image = await fetchImage();
    if (!image) throw new ConversationError(problem('imageGone'));
    const frame = frameOf(scene);
    return this.#features.see(image, {
      ...(caller !== undefined && { caller }),
      ...(frame && { frame }),
      ...whileWorking(onProgress, { stage: 'looking' }),
      ...(signal && { signal }),
    });
  }

  /** Which frame of an animation was seen. */
  async frameIn(imageHash: string): Promise<{ frame?: FramePlace }> {
    const { frame } = (await this.#features.find(imageHash)) ?? {};
    return frame ? { frame } : {};
  }
}
