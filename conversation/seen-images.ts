// An image on its way to its features: fetched where nothing is kept of it, and told to be gone where that fails.
import type { CaptionRequest, Scene } from './conversations.ts';
import { ConversationError } from './errors.ts';
import type { FeatureCache } from './features.ts';
import { problem } from './problems.ts';
import { whileWorking } from './progress.ts';

/** Who wants to see an image, and how it is fetched. */
export type Seeing = Pick<CaptionRequest, 'fetchImage' | 'askedBy' | 'onProgress' | 'signal'>;

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
    if (imageHash && (await this.#features.find(imageHash))) return imageHash;
    return this.see(seeing);
  }

  /** As `hashOf`, of an image that no scene knows. */
  async see({ fetchImage, askedBy: caller, onProgress, signal }: Seeing): Promise<string> {
    onProgress?.({ stage: 'looking' });
    const image = await fetchImage();
    if (!image) throw new ConversationError(problem('imageGone'));
    return this.#features.see(image, {
      ...(caller !== undefined && { caller }),
      ...whileWorking(onProgress, { stage: 'looking' }),
      ...(signal && { signal }),
    });
  }
}
