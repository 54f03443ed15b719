// Scenes that begin once their picture has its caption. Until then no record tells of them, so that whoever has what is
// kept forgotten meanwhile would find none, and it would be written after all.
import type { ChangeScene, Scene, SceneImage } from './conversations.ts';

interface SceneToBegin {
  readonly conversationId: string;
  readonly scene: Scene;
  isForgotten: boolean;
}

export class ScenesToBegin {
  readonly #awaited = new Set<SceneToBegin>();

  /**
   * What `make` gives, and then the scene.
   * @param begin is to ask as late as it can whether the scene was forgotten since
   */
  async after<T>(
    { conversationId, image }: { readonly conversationId: string; readonly image: SceneImage },
    make: () => Promise<T>,
    begin: (isForgotten: () => boolean) => Promise<void>,
  ): Promise<T> {
    const awaited: SceneToBegin = { conversationId, scene: { image, turns: [] }, isForgotten: false };
    this.#awaited.add(awaited);
    try {
      const made = await make();
      await begin(() => awaited.isForgotten);
      return made;
    } finally {
      this.#awaited.delete(awaited);
    }
  }

  /** Hears of each change of what is kept before that is made. */
  change(change: ChangeScene): void {
    for (const awaited of this.#awaited) {
      awaited.isForgotten ||= change(awaited.scene, awaited.conversationId) === undefined;
    }
  }
}
