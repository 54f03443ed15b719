// How a question gets its answer: the scene and its image first, then the chain, and what the chain tells of itself.
import type { AIMessageChunk } from '@langchain/core/messages';
import type { GenerationOptions } from '../models/backend.ts';
import type { Logger } from '../models/logger.ts';
import { type Blip2ResponseMetadata, confidenceOf } from './answer-metadata.ts';
import { answerChain } from './chain.ts';
import type { Blip2ChatModel } from './chat-model.ts';
import type { Answer, AskRequest, ReanswerRequest, SceneImage } from './conversations.ts';
import type { ConversationHistory, TurnMemory } from './history.ts';
import { imageMessage, textOf } from './messages.ts';
import { turnAskedBy } from './scenes.ts';
import type { SeenImages } from './seen-images.ts';
import type { TokenWindow } from './window.ts';

export interface AnsweringOptions {
  readonly openHistory: (conversationId: string, image: SceneImage) => Promise<ConversationHistory>;
  readonly images: SeenImages;
  readonly window: TokenWindow;
  readonly model: Blip2ChatModel;
  /** How long an answer may take, waiting included. */
  readonly deadlineMs: number;
  readonly log: Logger;
}

/** A question with all that is known when it goes to the model. */
interface Asked extends Pick<AskRequest, 'question' | 'askedBy' | 'messageId' | 'onProgress' | 'signal'> {
  readonly conversationId: string;
  readonly history: ConversationHistory;
  readonly memory: TurnMemory;
  readonly imageHash: string;
  readonly sampling?: GenerationOptions;
}

/** Whoever calls it sees to it that a conversation's questions come one after the other. */
export class Answering {
  readonly #options: AnsweringOptions;

  constructor(options: AnsweringOptions) {
    this.#options = options;
  }

  /** As Conversations.ask describes it, for a question that is checked already. */
  async answer(conversationId: string, request: AskRequest): Promise<Answer> {
    const { openHistory, images } = this.#options;
    request.signal?.throwIfAborted();
    const history = await openHistory(conversationId, request.image);
    const imageHash = await images.hashOf(history.scene, request);
    await history.bind(imageHash);
    const { isEdited, messageId } = request;
    const memory = isEdited && messageId ? history.asOf(messageId) : history;
    return this.#ask({ ...request, conversationId, history, memory, imageHash });
  }

  /** As Conversations.reanswer describes it, about an image in whose scene of this conversation the message asked. */
  async answerAgain(
    conversationId: string,
    messageId: string,
    image: SceneImage,
    { question, sampling, fetchImage, askedBy: again, onProgress, signal }: ReanswerRequest,
  ): Promise<Answer | undefined> {
    const { openHistory, images } = this.#options;
    signal?.throwIfAborted();
    const history = await openHistory(conversationId, image);
    const turn = turnAskedBy(history.scene, messageId);
    if (!turn) return undefined;
    const askedBy = again ?? turn.askedBy;
    const within = { image, askedBy, ...(onProgress && { onProgress }), ...(signal && { signal }) };
    const imageHash = await images.hashOf(history.scene, { fetchImage: () => fetchImage(image), ...within });
    const answer = await this.#ask({
      ...within,
      conversationId,
      history,
      memory: history.asOf(messageId),
      imageHash,
      messageId,
      question: question ?? turn.question,
      ...(sampling && { sampling }),
    });
    // Its old answer would stand under a question that it doesn't answer.
    if (answer.text === '') await history.retract(messageId);
    return answer;
  }

  async #ask(asked: Asked): Promise<Answer> {
    const { history, memory } = asked;
    const { forgottenTurns = 0, droppedTurns: toldOf = 0 } = history.scene;
    const turnsBefore = forgottenTurns + memory.turns.length;
    const message = await this.#invoke(asked);
    const { prompt, promptTokens, turns } = message.response_metadata as Blip2ResponseMetadata;
    const answer: Answer = {
      text: textOf(message),
      prompt,
      promptTokens,
      windowTokens: this.#options.window.windowTokens,
      droppedTurns: turnsBefore - turns,
      newlyDroppedTurns: (history.scene.droppedTurns ?? 0) - toldOf,
      confidence: confidenceOf(message),
      isRemembered: history.isRemembered,
      ...(await this.#options.images.frameIn(asked.imageHash)),
    };
    this.#tell(asked, message, answer);
    return answer;
  }

  async #invoke({ memory, imageHash, sampling, onProgress, ...request }: Asked): Promise<AIMessageChunk> {
    const { window, model, deadlineMs } = this.#options;
    const question = imageMessage(imageHash, request.question, request);
    const chain = answerChain(question, {
      memory,
      window,
      model,
      caller: request.askedBy,
      deadlineMs,
      ...(sampling && { sampling }),
      ...(onProgress && { onProgress }),
      ...(request.signal && { signal: request.signal }),
    });
    onProgress?.({ stage: 'thinking' });
    return chain.invoke(question);
  }

  #tell({ conversationId }: Asked, message: AIMessageChunk, answer: Answer): void {
    const { answerTokens, turns, finish } = message.response_metadata as Blip2ResponseMetadata;
    const { prompt, promptTokens, windowTokens, droppedTurns, confidence } = answer;
    const counts = { promptTokens, answerTokens, windowTokens, turnsInPrompt: turns, droppedTurns };
    this.#options.log.debug(
      { conversationId, prompt, ...counts, confidence, finish },
      'Answered a question.',
    );
  }
}
