// How far a request to the model is, as whoever waits for the answer wants to hear it.
import type { RequestOptions } from '../models/backend.ts';
import type { Blip2CallOptions } from './chat-model.ts';
import type { AnswerProgress, OnProgress } from './conversations.ts';

type Hearing = Pick<Blip2CallOptions, 'onToken' | 'onProgress'>;

/** The options of a call by which one hears of its turn and of what it writes. For one answer. */
export function hearingOf(onProgress: OnProgress | undefined): Hearing {
  if (!onProgress) return {};
  return { onToken: tellWriting(onProgress), ...whileWorking(onProgress, { stage: 'thinking' }) };
}

/** @param working what a request of this kind does when it is no longer waiting */
export function whileWorking(
  onProgress: OnProgress | undefined,
  working: AnswerProgress,
): Pick<RequestOptions, 'onProgress'> {
  if (!onProgress) return {};
  return { onProgress: (progress) => onProgress(progress.stage === 'working' ? working : progress) };
}

/** Tells all of the text so far. */
function tellWriting(onProgress: OnProgress): (token: string) => void {
  let text = '';
  return (token) => {
    text += token;
    onProgress({ stage: 'writing', text });
  };
}
