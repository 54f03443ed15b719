// How the draft of an answer reads: its text so far, or what is being done for it.
import type { AnswerProgress } from '../conversation/conversations.ts';
import type { Quantity } from '../models/saying.ts';
import { plainText } from './plain-text.ts';
import { maxMessageCharacters, splitText } from './split-text.ts';
import { say } from './texts/texts.ts';

/** Ends every draft, and no answer: by it a draft is known that a bot which was cut off has left behind. */
const mark = ' ⏳';

/** @param forMs how long the progress has been so */
export function draftText(
  progress: AnswerProgress,
  { locale, above = '' }: { readonly locale: string; readonly above?: string },
  forMs = 0,
): string {
  const room = maxMessageCharacters - above.length - mark.length;
  const written = progress.stage === 'writing' ? plainText(progress.text.trim()) : '';
  const text = written || `-# ${doing(progress, locale, forMs)}`;
  // Of a long answer, what its first message will show.
  return `${above}${splitText(text, room)[0]}${mark}`;
}

export function isDraft({
  content,
  components,
}: {
  readonly content: string;
  readonly components?: readonly unknown[];
}): boolean {
  return content.endsWith(mark) && !components?.length;
}

function doing(progress: AnswerProgress, locale: string, forMs: number): string {
  switch (progress.stage) {
    case 'loading':
      return say(locale, 'loadingModel');
    case 'looking':
      return say(locale, 'lookingAtPicture');
    case 'waiting':
      return waiting(progress, locale, forMs);
    default:
      return say(locale, 'thinking');
  }
}

function waiting(
  { before: count, waitMs = 0 }: AnswerProgress & { stage: 'waiting' },
  locale: string,
  forMs: number,
): string {
  const leftMs = waitMs - forMs;
  // What takes longer than was thought has no end that could be told.
  if (leftMs <= 0) return say(locale, 'questionsBefore', { count });
  return say(locale, 'questionsBeforeFor', { count, wait: rounded(leftMs) });
}

/** The further off, the less exact. */
function rounded(ms: number): Quantity {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds > 120) return { amount: Math.ceil(seconds / 60), unit: 'minute' };
  return { amount: seconds > 20 ? 5 * Math.ceil(seconds / 5) : seconds, unit: 'second' };
}
