// What the model says of an image by itself, or after some words: no conversation has a part in it.
import type { AIMessageChunk } from '@langchain/core/messages';
import type { Logger } from '../models/logger.ts';
import { type Blip2ResponseMetadata, confidenceOf } from './answer-metadata.ts';
import type { Blip2ChatModel } from './chat-model.ts';
import type { Caption, CaptionRequest } from './conversations.ts';
import { imageMessage, textOf } from './messages.ts';
import { hearingOf } from './progress.ts';
import type { SeenImages } from './seen-images.ts';

export interface CaptioningOptions {
  readonly images: SeenImages;
  readonly model: Blip2ChatModel;
  /** How long a caption may take, waiting included. */
  readonly deadlineMs: number;
  readonly log: Logger;
}

export class Captioning {
  readonly #options: CaptioningOptions;

  constructor(options: CaptioningOptions) {
    this.#options = options;
  }

  /**
   * As Conversations.caption describes it.
   * @param prompt checked already
   */
  async caption(prompt: string, request: CaptionRequest): Promise<Caption> {
    const { images, model, deadlineMs, log } = this.#options;
    const { sampling = {}, askedBy: caller, onProgress, signal } = request;
    const imageHash = await images.see(request);
    onProgress?.({ stage: 'thinking' });
    const caption = await model.invoke([imageMessage(imageHash, prompt)], {
      ...sampling,
      raw: true,
      deadlineMs,
      ...(caller !== undefined && { caller }),
      ...hearingOf(onProgress),
      ...(signal && { signal }),
    });
    log.debug(tellOf(caption), 'Captioned an image.');
    const frame = await images.frameIn(imageHash);
    return { text: textOf(caption), confidence: confidenceOf(caption), ...frame };
  }
}

function tellOf(caption: AIMessageChunk): object {
  const { prompt, promptTokens, answerTokens, finish } = caption.response_metadata as Blip2ResponseMetadata;
  return { prompt, promptTokens, answerTokens, finish, confidence: confidenceOf(caption) };
}
