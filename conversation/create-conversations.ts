// Puts the memory together: a queue a conversation, its record, the image's features, the window and the chain.
import type { AIMessageChunk } from 'langchain';
import type { Backend, GenerationOptions, ModelInfo } from '../models/backend.ts';
import { StoppedError } from '../models/errors.ts';
import type { Logger } from '../models/logger.ts';
import type { Blip2ResponseMetadata } from './answer-metadata.ts';
import { answerChain } from './chain.ts';
import { Blip2ChatModel } from './chat-model.ts';
import type {
  Answer,
  AskRequest,
  CaptionRequest,
  ChangedScene,
  ChangeScene,
  ConversationRecord,
  Conversations,
  MemoryView,
  ReanswerRequest,
  Scene,
  SceneImage,
  TurnPlace,
} from './conversations.ts';
import { ConversationError } from './errors.ts';
import { FeatureCache } from './features.ts';
import { ConversationHistory, type TurnMemory } from './history.ts';
import { KeptTurns } from './kept-turns.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { isNewer } from './message-order.ts';
import { imageMessage, textOf } from './messages.ts';
import { Pace } from './pace.ts';
import { preview } from './preview.ts';
import { QuestionLines } from './question-lines.ts';
import { ConversationRecords } from './records.ts';
import { sceneAskedIn, turnAskedBy } from './scenes.ts';
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
  readonly log: Logger;
}

/** A question with all that is known when it goes to the model. */
interface Asked extends Pick<AskRequest, 'question' | 'askedBy' | 'messageId' | 'signal'> {
  readonly history: ConversationHistory;
  readonly memory: TurnMemory;
  readonly imageHash: string;
  readonly sampling?: GenerationOptions;
}

/** Nobody waits longer for an answer in a chat. */
const DEADLINE_MS = 5 * 60_000;
const NO_QUESTION = 'There is no question. Ask one about the image, such as "What is in the picture?".';
const IMAGE_GONE = 'That image is gone. Post it again and ask about the new message.';

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
  readonly #model: Blip2ChatModel;
  readonly #queue = new KeyedQueue();
  readonly #lines = new QuestionLines();
  readonly #turns: KeptTurns;
  readonly #log: Logger;

  constructor({
    backend,
    store,
    windowTokens = 512,
    answerTokens = 40,
    keepFeaturesMs,
    log,
  }: ConversationsOptions) {
    this.#backend = backend;
    this.#records = new ConversationRecords(store, log);
    this.#turns = new KeptTurns({ records: this.#records, queue: this.#queue, log });
    this.#features = new FeatureCache({
      backend,
      store,
      deadlineMs: DEADLINE_MS,
      log,
      ...(keepFeaturesMs !== undefined && { keepMs: keepFeaturesMs }),
    });
    this.#window = new TokenWindow(backend, { windowTokens, answerTokens });
    this.#model = new Blip2ChatModel({ backend, features: this.#features, maxNewTokens: answerTokens });
    this.#log = log;
  }

  get model(): ModelInfo {
    return this.#backend.info;
  }

  async ask(conversationId: string, request: AskRequest): Promise<Answer> {
    this.#check(request.question);
    const answer = () => this.#twice(() => this.#answer(conversationId, request));
    const inTurn = () => this.#queue.run(conversationId, answer);
    return this.pace.measure(() => this.#lines.join(conversationId, request.askedBy, inTurn));
  }

  async caption(request: CaptionRequest): Promise<string> {
    const prompt = onlyWords(request.prompt ?? '');
    this.#window.checkPrompt(prompt);
    return this.pace.measure(() => this.#twice(() => this.#caption(prompt, request)));
  }

  async #caption(prompt: string, request: CaptionRequest): Promise<string> {
    const { sampling = {}, askedBy: caller, signal } = request;
    const imageHash = await this.#see(request);
    const message = imageMessage(imageHash, prompt);
    const caption = await this.#model.invoke([message], {
      ...sampling,
      raw: true,
      deadlineMs: DEADLINE_MS,
      ...(caller !== undefined && { caller }),
      ...(signal && { signal }),
    });
    this.#log.debug(describe(caption), 'Captioned an image.');
    return textOf(caption);
  }

  async begin(conversationId: string, image: SceneImage, from?: string): Promise<void> {
    // Its place in the queue of the other one is taken now, so that two never wait for each other.
    const before = from === undefined ? undefined : this.#queue.run(from, () => this.recall(from));
    const begun = this.#queue.run(conversationId, async () => {
      const kept = await this.recall(conversationId);
      if (kept && isNewer(kept.image.messageId, image.messageId)) return;
      const history = await this.#history(conversationId, image);
      await history.begin(await before);
    });
    await Promise.all([before, begun]);
  }

  async retract(conversationId: string, messageId: string): Promise<void> {
    await this.#queue.run(conversationId, async () => {
      const scene = sceneAskedIn(await this.recall(conversationId), messageId);
      if (scene) await (await this.#history(conversationId, scene.image)).retract(messageId);
    });
  }

  async noteAnswer(messageId: string, answerIds: readonly string[]): Promise<void> {
    await this.#turns.noteAnswer(messageId, answerIds);
  }

  async turnOf(messageId: string): Promise<TurnPlace | undefined> {
    return this.#turns.turnOf(messageId);
  }

  async reanswer(messageId: string, request: ReanswerRequest): Promise<Answer | undefined> {
    if (request.question !== undefined) this.#check(request.question);
    const ids = await this.#turns.conversationsOf(messageId);
    for (const id of ids) {
      const again = () => this.#twice(() => this.#answerAgain(id, messageId, request));
      const answer = await this.#queue.run(id, again);
      if (!answer) continue;
      // A visual chat took over what had been said in the channel.
      const copies = ids.filter((other) => other !== id);
      await Promise.all(copies.map((copy) => this.#turns.copyTurn(messageId, id, copy)));
      return answer;
    }
    return undefined;
  }

  async forgetMessages(messageIds: readonly string[]): Promise<void> {
    await this.#turns.forgetMessages(messageIds);
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
    if (oneLine(question) === '') throw new ConversationError(NO_QUESTION);
    this.#window.checkQuestion(question);
  }

  async #answer(conversationId: string, request: AskRequest): Promise<Answer> {
    const { signal } = request;
    signal?.throwIfAborted();
    const history = await this.#history(conversationId, request.image);
    const imageHash = await this.#imageOf(history.scene, request);
    await history.bind(imageHash);
    return this.#askModel(conversationId, { history, memory: history, imageHash, ...request });
  }

  async #answerAgain(
    conversationId: string,
    messageId: string,
    { question, sampling, fetchImage, signal }: ReanswerRequest,
  ): Promise<Answer | undefined> {
    signal?.throwIfAborted();
    const scene = sceneAskedIn(await this.recall(conversationId), messageId);
    const turn = turnAskedBy(scene, messageId);
    if (!scene || !turn) return undefined;
    const { image } = scene;
    const history = await this.#history(conversationId, image);
    const { askedBy } = turn;
    const within = { fetchImage: () => fetchImage(image), askedBy, ...(signal && { signal }) };
    const imageHash = await this.#imageOf(scene, within);
    const memory = history.revising(messageId);
    const asked = { question: question ?? turn.question, messageId, ...(sampling && { sampling }) };
    const answer = await this.#askModel(conversationId, { history, memory, imageHash, ...asked, ...within });
    // Its old answer would stand under a question that it doesn't answer.
    if (answer.text === '') await history.retract(messageId);
    return answer;
  }

  async #askModel(
    conversationId: string,
    { history, memory, imageHash, ...request }: Asked,
  ): Promise<Answer> {
    const { sampling, signal } = request;
    const { forgottenTurns = 0, droppedTurns: toldOf = 0 } = history.scene;
    const turnsBefore = (await memory.getMessages()).length / 2;
    const chain = answerChain({
      memory,
      window: this.#window,
      model: this.#model,
      caller: request.askedBy,
      deadlineMs: DEADLINE_MS,
      ...(sampling && { sampling }),
      ...(signal && { signal }),
    });
    const message = await chain.invoke(imageMessage(imageHash, request.question, request));
    const { prompt, promptTokens, turnsInPrompt, confidence, ...rest } = describe(message);
    const { windowTokens } = this.#window;
    const droppedTurns = forgottenTurns + turnsBefore - turnsInPrompt;
    this.#log.debug(
      {
        conversationId,
        prompt,
        promptTokens,
        windowTokens,
        turnsInPrompt,
        droppedTurns,
        confidence,
        ...rest,
      },
      'Answered a question.',
    );
    const { isRemembered, scene } = history;
    return {
      text: textOf(message),
      prompt,
      promptTokens,
      windowTokens,
      droppedTurns,
      newlyDroppedTurns: (scene.droppedTurns ?? 0) - toldOf,
      confidence,
      isRemembered,
    };
  }

  async #history(conversationId: string, image: SceneImage): Promise<ConversationHistory> {
    const reachable = this.#window.reachable.bind(this.#window);
    const fields = { records: this.#records, conversationId, reachable, log: this.#log };
    return ConversationHistory.open(fields, image);
  }

  async #imageOf({ imageHash }: Scene, asking: Asking): Promise<string> {
    if (imageHash && (await this.#features.find(imageHash))) return imageHash;
    return this.#see(asking);
  }

  async #see({ fetchImage, askedBy: caller, signal }: Asking): Promise<string> {
    const image = await fetchImage();
    if (!image) throw new ConversationError(IMAGE_GONE);
    return this.#features.see(image, { ...(caller !== undefined && { caller }), ...(signal && { signal }) });
  }
}

type Asking = Pick<CaptionRequest, 'fetchImage' | 'askedBy' | 'signal'>;

function describe(message: AIMessageChunk) {
  const { prompt, promptTokens, answerTokens, turns, finish, logprob } =
    message.response_metadata as Blip2ResponseMetadata;
  // The EOS that ended the answer counts in its probability, and not among its tokens.
  const confidence = Math.exp(logprob / Math.max(1, answerTokens + (finish === 'eos' ? 1 : 0)));
  return { prompt, promptTokens, answerTokens, turnsInPrompt: turns, finish, confidence };
}
