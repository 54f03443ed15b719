// One scene of a conversation's record in Keyv, as a LangChain chat history. Each change is one `set` of the whole record, so
// that a kill in mid-write leaves the old record or the new one.
import { BaseListChatMessageHistory } from '@langchain/core/chat_history';
import { AIMessage, type BaseMessage, HumanMessage } from '@langchain/core/messages';
import type { Logger } from '../models/logger.ts';
import type { ConversationRecord, Scene, SceneImage, Turn } from './conversations.ts';
import { StoreError } from './errors.ts';
import { isNewer } from './message-order.ts';
import { pairUp } from './messages.ts';
import type { ConversationRecords } from './records.ts';
import { sceneAbout, withChanged, withoutTurns, withScene } from './scenes.ts';

export interface HistoryFields {
  readonly records: ConversationRecords;
  readonly conversationId: string;
  /** Which turns are still worth keeping: the newest ones. */
  readonly reachable: (turns: readonly Turn[]) => readonly Turn[];
  readonly log: Logger;
}

/** What a question finds in memory, and how it is added with its answer. */
export type TurnMemory = Pick<ConversationHistory, 'turns' | 'getMessages' | 'addMessages'>;

export class ConversationHistory extends BaseListChatMessageHistory {
  lc_namespace = ['blipcord', 'conversation'];
  readonly #fields: HistoryFields;
  #record: ConversationRecord | undefined;
  #scene: Scene;
  #isRemembered = true;

  private constructor(fields: HistoryFields, scene: Scene) {
    super();
    this.#fields = fields;
    this.#scene = scene;
  }

  /** The history of the scene that `image` begins or goes on with. Writes nothing yet. */
  static async open(fields: HistoryFields, image: SceneImage): Promise<ConversationHistory> {
    const history = new ConversationHistory(fields, newScene(image));
    await history.#attempt(async () => {
      history.#record = await fields.records.get(fields.conversationId);
      history.#scene = sceneAbout(history.#record, image) ?? history.#scene;
    });
    return history;
  }

  /** Whether the store gave what it had and took what it got. */
  get isRemembered(): boolean {
    return this.#isRemembered;
  }

  get scene(): Scene {
    return this.#scene;
  }

  get turns(): readonly Turn[] {
    return this.#scene.turns;
  }

  /** Binds the scene to its image's content. Another content is another scene. */
  async bind(imageHash: string): Promise<void> {
    const { image, imageHash: before } = this.#scene;
    if (before === imageHash) return;
    await this.#write(before === undefined ? { ...this.#scene, imageHash } : { image, imageHash, turns: [] });
  }

  override async getMessages(): Promise<BaseMessage[]> {
    return asMessages(this.turns);
  }

  /**
   * The scene as it was when a message asked. What is added takes the place of its turn, or the one where that would be;
   * in the other scenes, the message has asked nothing.
   */
  asOf(messageId: string): TurnMemory {
    const own = this.turns.findIndex((turn) => turn.messageId === messageId);
    const later = this.turns.findIndex((turn) => isNewer(turn.messageId ?? '', messageId));
    const index = [own, later, this.turns.length].find((found) => found >= 0) ?? 0;
    const turns = this.turns.slice(0, index);
    return {
      turns,
      getMessages: async () => asMessages(turns),
      addMessages: async (messages) => {
        const added = turnsIn(messages).map((turn) => (own < 0 ? turn : replacing(this.turns[own], turn)));
        const all = [...turns, ...added, ...this.turns.slice(own < 0 ? index : index + 1)];
        const isMeant = (turn: Turn) => turn.messageId === messageId;
        await this.#write(this.#within(all), (other) => withoutTurns(other, isMeant));
      },
    };
  }

  /** @param messages questions, each followed by its answer: they are added together or not at all */
  override async addMessages(messages: BaseMessage[]): Promise<void> {
    const droppedTurns = Math.max(this.#scene.droppedTurns ?? 0, this.#missedBy(messages.at(-1)));
    const scene = this.#within([...this.turns, ...turnsIn(messages)]);
    await this.#write({ ...scene, ...(droppedTurns > 0 && { droppedTurns }) });
  }

  /** The scene with as many of these turns as are worth keeping. */
  #within(all: readonly Turn[]): Scene {
    const turns = this.#fields.reachable(all);
    const forgottenTurns = (this.#scene.forgottenTurns ?? 0) + all.length - turns.length;
    return { ...this.#scene, turns, ...(forgottenTurns > 0 && { forgottenTurns }) };
  }

  /** How many turns an answer was made without. */
  #missedBy(answer: BaseMessage | undefined): number {
    const { turns, forgottenTurns = 0 } = this.#scene;
    const held: unknown = answer?.response_metadata?.turns;
    return typeof held === 'number' ? forgottenTurns + turns.length - held : 0;
  }

  override async addMessage(): Promise<void> {
    throw new TypeError('A turn is a question with its answer. Add both with addMessages.');
  }

  /** Takes back the turn that a message began. */
  async retract(messageId: string): Promise<void> {
    const scene = withoutTurns(this.#scene, (turn) => turn.messageId === messageId);
    if (scene !== this.#scene) await this.#write(scene);
  }

  /** Forgets the turns; the conversation stays bound to its image. */
  override async clear(): Promise<void> {
    const { image, imageHash } = this.#scene;
    await this.#write({ image, ...(imageHash !== undefined && { imageHash }), turns: [] });
  }

  /**
   * Keeps a scene that has no turn yet.
   * @param from another conversation; what was said in it about the same image is taken over
   */
  async begin(from?: ConversationRecord): Promise<void> {
    const isNew = this.#scene.turns.length === 0;
    await this.#write((isNew && sceneAbout(from, this.#scene.image)) || this.#scene);
  }

  /** @param others what becomes of the other scenes */
  async #write(scene: Scene, others: (scene: Scene) => Scene = (other) => other): Promise<void> {
    const before = this.#record;
    const record = withScene(before && withChanged(before, others), scene);
    await this.#attempt(() => this.#fields.records.set(this.#fields.conversationId, record, before));
    this.#record = record;
    this.#scene = scene;
  }

  /** A store that fails costs the memory and not the answer. It is written no more: that might cost what it holds. */
  async #attempt(access: () => Promise<void>): Promise<void> {
    if (!this.#isRemembered) return;
    try {
      await access();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#isRemembered = false;
      this.#fields.log.error({ err: error, conversationId: this.#fields.conversationId }, error.message);
    }
  }
}

function turnsIn(messages: readonly BaseMessage[]): Turn[] {
  const at = new Date().toISOString();
  return pairUp(messages).map((pair, i) => {
    const { name: askedBy = '', id: messageId } = messages[2 * i] ?? {};
    return { ...pair, askedBy, ...(messageId !== undefined && { messageId }), at };
  });
}

/** Who asked, when, and where the answer shows stays as it was. */
function replacing(before: Turn | undefined, { question, answer, ...turn }: Turn): Turn {
  return { ...(before ?? turn), question, answer };
}

function asMessages(turns: readonly Turn[]): BaseMessage[] {
  return turns.flatMap(({ question, answer, askedBy }) => [
    new HumanMessage({ content: question, name: askedBy }),
    new AIMessage(answer),
  ]);
}

/** Only what finds the image again, and whose it is: callers may hand in more, such as an address that expires. */
function newScene({ channelId, messageId, attachmentId, authorId, guildId }: SceneImage): Scene {
  const origin = { ...(authorId !== undefined && { authorId }), ...(guildId !== undefined && { guildId }) };
  return { image: { channelId, messageId, attachmentId, ...origin }, turns: [] };
}
