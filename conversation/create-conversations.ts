// Puts the memory together: a queue a conversation, its record, the image's features, the window and the chain.
import type { Backend, ModelInfo, Standing } from '../models/backend.ts';
import { StoppedError } from '../models/errors.ts';
import type { Logger } from '../models/logger.ts';
import { type OnAnswerEnd, tellEnd } from './answer-end.ts';
import { Answering } from './answering.ts';
import { Captioning } from './captioning.ts';
import { Blip2ChatModel } from './chat-model.ts';
import type {
  Answer,
  AskRequest,
  Caption,
  CaptionRequest,
  ChangedScene,
  ChangeScene,
  ConversationRecord,
  Conversations,
  MemoryView,
  ReanswerRequest,
  SceneImage,
  TurnPlace,
} from './conversations.ts';
import { ConversationError } from './errors.ts';
import { FeatureCache } from './features.ts';
import { ConversationHistory } from './history.ts';
import { KeptTurns } from './kept-turns.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { isNewer } from './message-order.ts';
import { Pace } from './pace.ts';
import { preview } from './preview.ts';
import { problem } from './problems.ts';
import { QuestionLines } from './question-lines.ts';
import { ConversationRecords } from './records.ts';
import { sceneAskedIn } from './scenes.ts';
import { ScenesToBegin } from './scenes-to-begin.ts';
import { SeenImages } from './seen-images.ts';
import type { Store } from './store.ts';
import { oneLine, onlyWords } from './template.ts';
import { TokenWindow } from './window.ts';

export interface ConversationsOptions {
  readonly backend: Backend;
  readonly store: Store;
  /** What WindowOptions says. Default 512. */
  readonly windowTokens?: number;
  /** Room kept for the answer. Default 40. */
  readonly answerTokens?: number;
  /** How long the store keeps what the model saw in an image. Default 30 days. */
  readonly keepFeaturesMs?: number;
  /** As in FeatureCacheOptions. */
  readonly onLook?: (isKnown: boolean) => void;
  /** Hears how each answer and caption ended. */
  readonly onAnswerEnd?: OnAnswerEnd;
  readonly log: Logger;
}

/** Nobody waits longer for an answer in a chat. */
const DEADLINE_MS = 5 * 60_000;

/** @throws RangeError when the window can't hold an image, a short question and an answer */
export function createConversations(options: ConversationsOptions): Conversations {
  return new VisualConversations(options);
}

class VisualConversations implements Conversations {
  readonly pace = new Pace();
  readonly #backend: Backend;
  readonly #records: ConversationRecords;
  readonly #features: FeatureCache;
  readonly #window: TokenWindow;
  readonly #queue = new KeyedQueue();
  readonly #lines = new QuestionLines();
  readonly #toBegin = new ScenesToBegin();
  readonly #turns: KeptTurns;
  readonly #answering: Answering;
  readonly #captioning: Captioning;
  readonly #onAnswerEnd: OnAnswerEnd | undefined;
  readonly #log: Logger;

  constructor(options: ConversationsOptions) {
    const {
      backend,
      store,
      windowTokens = 512,
      answerTokens = 40,
      keepFeaturesMs: keepMs,
      onLook,
      log,
    } = options;
    const deadlineMs = DEADLINE_MS;
    const features = new FeatureCache({
      backend,
      store,
      deadlineMs,
      log,
      ...(keepMs !== undefined && { keepMs }),
      ...(onLook && { onLook }),
    });
    const window = new TokenWindow(backend, { windowTokens, answerTokens });
    const model = new Blip2ChatModel({ backend, features, maxNewTokens: answerTokens, maxRetries: 0 });
    const parts = { images: new SeenImages(features), model, deadlineMs, log };
    this.#backend = backend;
    this.#records = new ConversationRecords(store, log);
    this.#turns = new KeptTurns({ records: this.#records, queue: this.#queue, toBegin: this.#toBegin, log });
    this.#features = features;
    this.#window = window;
    this.#answering = new Answering({ ...parts, window, openHistory: (...scene) => this.#history(...scene) });
    this.#captioning = new Captioning(parts);
    this.#onAnswerEnd = options.onAnswerEnd;
    this.#log = log;
  }

  get model(): ModelInfo {
    return this.#backend.info;
  }

  ask(conversationId: string, request: AskRequest): Promise<Answer> {
    return tellEnd('question', this.#onAnswerEnd, () => this.#ask(conversationId, request));
  }

  async #ask(conversationId: string, request: AskRequest): Promise<Answer> {
    this.#check(request.question);
    const answered = await this.#inTurn(conversationId, request, () =>
      this.#answering.answer(conversationId, request),
    );
    const { isEdited, messageId } = request;
    // Where another conversation took over what it asked before, that is said there no longer.
    if (isEdited && messageId)
      await this.#turns.retract(messageId, answered.text ? conversationId : undefined);
    return answered;
  }

  /** One after the other in a conversation; who waits hears of how many come before. All of them are in the pace. */
  #inTurn<T>(
    conversationId: string,
    { askedBy, onProgress }: Pick<AskRequest, 'askedBy' | 'onProgress'>,
    work: () => Promise<T>,
  ): Promise<T> {
    const onStanding = (standing: Standing) => onProgress?.({ stage: 'waiting', ...standing });
    return this.pace.measure(() =>
      this.#lines.join(conversationId, { askedBy, onStanding }, (begin) =>
        this.#queue.run(conversationId, () => {
          begin();
          return this.#twice(work);
        }),
      ),
    );
  }

  caption(request: CaptionRequest): Promise<Caption> {
    return tellEnd('caption', this.#onAnswerEnd, async () => {
      const prompt = onlyWords(request.prompt ?? '');
      this.#window.checkPrompt(prompt);
      const make = () =>
        this.pace.measure(() => this.#twice(() => this.#captioning.caption(prompt, request)));
      const { beginsIn: conversationId, image } = request;
      if (conversationId === undefined) return make();
      return this.#toBegin.after({ conversationId, image }, make, (isForgotten) =>
        this.#queue.run(conversationId, async () => {
          if (!isForgotten()) await this.#beginNow(conversationId, image);
        }),
      );
    });
  }

  async begin(conversationId: string, image: SceneImage, from?: string): Promise<void> {
    // Its place in the queue of the other one is taken now, so that two never wait for each other.
    const before = from === undefined ? undefined : this.#queue.run(from, () => this.recall(from));
    const begun = this.#queue.run(conversationId, () => this.#beginNow(conversationId, image, before));
    await Promise.all([before, begun]);
  }

  async #beginNow(
    conversationId: string,
    image: SceneImage,
    from?: Promise<ConversationRecord | undefined>,
  ): Promise<void> {
    const kept = await this.recall(conversationId);
    if (kept && isNewer(kept.image.messageId, image.messageId)) return;
    const history = await this.#history(conversationId, image);
    await history.begin(await from);
  }

  async retract(messageId: string): Promise<void> {
    await this.#turns.retract(messageId);
  }

  async noteAnswer(messageId: string, answerIds: readonly string[]): Promise<void> {
    await this.#turns.noteAnswer(messageId, answerIds);
  }

  async turnOf(messageId: string): Promise<TurnPlace | undefined> {
    return this.#turns.turnOf(messageId);
  }

  reanswer(messageId: string, request: ReanswerRequest): Promise<Answer | undefined> {
    return tellEnd('again', this.#onAnswerEnd, () => this.#reanswer(messageId, request));
  }

  async #reanswer(messageId: string, request: ReanswerRequest): Promise<Answer | undefined> {
    if (request.question !== undefined) this.#check(request.question);
    const ids = await this.#turns.conversationsOf(messageId);
    const asking = { ...request, askedBy: request.askedBy ?? messageId };
    for (const id of ids) {
      const answer = await this.#inTurn(id, asking, () => this.#answerAgain(id, messageId, request));
      if (!answer) continue;
      // A visual chat took over what had been said in the channel.
      const copies = ids.filter((other) => other !== id);
      await Promise.all(copies.map((copy) => this.#turns.copyTurn(messageId, id, copy)));
      return answer;
    }
    return undefined;
  }

  async forgetMessages(messageIds: readonly string[]): Promise<readonly ChangedScene[]> {
    return this.#turns.forgetMessages(messageIds);
  }

  async forgetFiles(messageId: string, left: ReadonlySet<string>): Promise<readonly ChangedScene[]> {
    return this.#turns.forgetFiles(messageId, left);
  }

  async preview(conversationId: string, image: SceneImage, question = '?'): Promise<MemoryView> {
    return preview(await this.#history(conversationId, image), this.#window, question);
  }

  async recall(conversationId: string): Promise<ConversationRecord | undefined> {
    return this.#turns.recall(conversationId);
  }

  records(): AsyncIterable<readonly [string, ConversationRecord]> {
    return this.#records.all();
  }

  async changeScenes(change: ChangeScene): Promise<readonly ChangedScene[]> {
    return this.#turns.changeScenes(change);
  }

  async forgetUnreadable(words: readonly string[]): Promise<void> {
    await this.#records.deleteAside(words);
  }

  async forgetImage(imageHash: string): Promise<void> {
    await this.#features.forget(imageHash);
  }

  /** That the model's thread ended is not the fault of whoever asked: they are answered by the next one. */
  async #twice<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoppedError)) throw error;
      this.#log.warn({ err: error }, 'The model stopped before it had answered, and is asked once more.');
      return work();
    }
  }

  /** @throws ConversationError for a question that is empty or can't fit */
  #check(question: string): void {
    if (oneLine(question) === '') throw new ConversationError(problem('noQuestion'));
    this.#window.checkQuestion(question);
  }

  async #answerAgain(
    conversationId: string,
    messageId: string,
    request: ReanswerRequest,
  ): Promise<Answer | undefined> {
    const scene = sceneAskedIn(await this.recall(conversationId), messageId);
    return scene && this.#answering.answerAgain(conversationId, messageId, scene.image, request);
  }

  async #history(conversationId: string, image: SceneImage): Promise<ConversationHistory> {
    const reachable = this.#window.reachable.bind(this.#window);
    const fields = { records: this.#records, conversationId, reachable, log: this.#log };
    return ConversationHistory.open(fields, image);
  }
}
