// What is kept, found and changed by message, apart from answering. Changes wait in the conversation's queue, so that no
// answer under way brings back what was there before.
import type { Logger } from '../models/logger.ts';
import type { ChangedScene, ChangeScene, ConversationRecord, TurnPlace } from './conversations.ts';
import type { KeyedQueue } from './keyed-queue.ts';
import { orLogged } from './or-logged.ts';
import type { ConversationRecords } from './records.ts';
import {
  isTakenOff,
  sceneAskedIn,
  scenesOf,
  turnAskedBy,
  withChanged,
  withoutMessages,
  withoutTurns,
  withTurn,
} from './scenes.ts';
import type { ScenesToBegin } from './scenes-to-begin.ts';

export interface KeptTurnsOptions {
  readonly records: ConversationRecords;
  /** By conversation. */
  readonly queue: KeyedQueue;
  readonly toBegin: ScenesToBegin;
  readonly log: Logger;
}

export class KeptTurns {
  readonly #records: ConversationRecords;
  readonly #queue: KeyedQueue;
  readonly #toBegin: ScenesToBegin;
  readonly #log: Logger;

  constructor({ records, queue, toBegin, log }: KeptTurnsOptions) {
    this.#records = records;
    this.#queue = queue;
    this.#toBegin = toBegin;
    this.#log = log;
  }

  async recall(conversationId: string): Promise<ConversationRecord | undefined> {
    return orLogged(() => this.#records.get(conversationId), this.#log, { conversationId });
  }

  /** The conversations that a message has a part in; none where the store fails, which is logged. */
  async conversationsOf(messageId: string): Promise<readonly string[]> {
    return (await orLogged(() => this.#records.index.find(messageId), this.#log)) ?? [];
  }

  async turnOf(messageId: string): Promise<TurnPlace | undefined> {
    for (const conversationId of await this.conversationsOf(messageId)) {
      for (const { image, turns } of scenesOf(await this.recall(conversationId))) {
        const turn = turns.find((one) => one.messageId === messageId || one.answerIds?.includes(messageId));
        if (turn) return { conversationId, image, turn };
      }
    }
    return undefined;
  }

  async noteAnswer(messageId: string, answerIds: readonly string[]): Promise<void> {
    const note: ChangeScene = (scene) => withTurn(scene, messageId, (turn) => ({ ...turn, answerIds }));
    for (const id of await this.conversationsOf(messageId)) {
      await orLogged(() => this.#change(id, note), this.#log, { conversationId: id });
    }
  }

  /** Puts what a turn holds in one conversation in the place of that of the same message in another. */
  async copyTurn(messageId: string, from: string, to: string): Promise<void> {
    const turn = turnAskedBy(sceneAskedIn(await this.recall(from), messageId), messageId);
    const copy: ChangeScene = (scene) =>
      turn ? withTurn(scene, messageId, () => turn) : withoutMessages(scene, new Set([messageId]));
    await orLogged(() => this.#change(to, copy), this.#log, { conversationId: to });
  }

  /** @param except a conversation in which it stays */
  async retract(messageId: string, except?: string): Promise<void> {
    const ids = (await this.conversationsOf(messageId)).filter((id) => id !== except);
    const retract: ChangeScene = (scene) => withoutTurns(scene, (turn) => turn.messageId === messageId);
    await Promise.all(
      ids.map((id) => orLogged(() => this.#change(id, retract), this.#log, { conversationId: id })),
    );
  }

  /** @throws StoreError */
  async forgetMessages(messageIds: readonly string[]): Promise<readonly ChangedScene[]> {
    const gone = new Set(messageIds);
    return this.#changeWith(messageIds, (scene) => withoutMessages(scene, gone));
  }

  /** @throws StoreError */
  async forgetFiles(messageId: string, left: ReadonlySet<string>): Promise<readonly ChangedScene[]> {
    return this.#changeWith([messageId], (scene) =>
      scene.image.messageId === messageId && isTakenOff(scene.image, left) ? undefined : scene,
    );
  }

  /** In the conversations that messages have a part in. @throws StoreError */
  async #changeWith(messageIds: readonly string[], change: ChangeScene): Promise<readonly ChangedScene[]> {
    this.#toBegin.change(change);
    // Among those that are at work, some may lead nowhere yet.
    const ids = new Set(this.#queue.keys);
    for (const messageId of messageIds) {
      for (const id of await this.#records.index.find(messageId)) ids.add(id);
    }
    return (await Promise.all([...ids].map((id) => this.#change(id, change)))).flat();
  }

  /** @throws StoreError */
  async changeScenes(change: ChangeScene): Promise<readonly ChangedScene[]> {
    this.#toBegin.change(change);
    // Among those that are at work, some may have no record yet.
    const ids = new Set(this.#queue.keys);
    for await (const [id, record] of this.#records.all()) {
      if (scenesOf(record).some((scene) => change(scene, id) !== scene)) ids.add(id);
    }
    return (await Promise.all([...ids].map((id) => this.#change(id, change)))).flat();
  }

  async #change(conversationId: string, change: ChangeScene): Promise<readonly ChangedScene[]> {
    return this.#queue.run(conversationId, async () => {
      const record = await this.#records.get(conversationId);
      const changed: ChangedScene[] = [];
      const left =
        record &&
        withChanged(record, (before) => {
          const after = change(before, conversationId);
          if (after !== before) changed.push({ conversationId, before, after });
          return after;
        });
      if (!record || changed.length === 0) return [];
      if (left) await this.#records.set(conversationId, left, record);
      else await this.#records.delete(conversationId, record);
      return changed;
    });
  }
}
