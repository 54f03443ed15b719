// How an answer reads in its message: the question where nobody wrote it in the chat, the answer, small print.
import type { Answer, Caption, SceneImage, TurnPlace } from '../conversation/conversations.ts';
import type { PostedImage } from './command.ts';
import { confidenceNote } from './confidence-note.ts';
import { memoryNote } from './memory-note.ts';
import { placeNote } from './pictures.ts';
import { plainText, shownText, spoken } from './plain-text.ts';

export interface Told {
  readonly answer: Answer;
  readonly image: SceneImage | PostedImage;
  readonly locale: string;
  /** Shown above the answer. */
  readonly question?: string;
  /** One more line of small print. */
  readonly note?: string;
}

export function toldAnswer({ answer, image, locale, question, note }: Told): string {
  const above = question === undefined ? '' : `${quoted(question)}\n`;
  const below = note === undefined ? '' : `\n-# ${note}`;
  const place = placeNote(image, locale, answer.frame);
  const notes = `${confidenceNote(answer, locale)}${memoryNote(answer, locale)}${place}`;
  return `${above}${spoken(answer.text, locale)}${notes}${below}`;
}

export function toldCaption(caption: Caption, locale: string, image: SceneImage | PostedImage): string {
  const notes = `${confidenceNote(caption, locale)}${placeNote(image, locale, caption.frame)}`;
  return `${spoken(caption.text, locale)}${notes}`;
}

/** The question where nobody wrote it in the chat, so that its turn goes by the id of the answer itself. */
export function questionAbove({ turn }: TurnPlace, answerId: string): string | undefined {
  return turn.messageId === answerId ? turn.question : undefined;
}

export function quoted(question: string): string {
  return `> ${plainText(oneLine(question))}`;
}

/** The question that an answer shows above itself; undefined where somebody wrote it in the chat. */
export function questionQuotedIn(answer: string): string | undefined {
  const [, question] = /^> (.+)/.exec(answer) ?? [];
  return question && shownText(question);
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
