// How the draft of an answer reads: its text so far, or what is being done for it.
import type { AnswerProgress } from '../conversation/conversations.ts';
import type { DraftPlace } from './drafts.ts';
import { plainText } from './plain-text.ts';
import { maxMessageCharacters, splitText } from './split-text.ts';
import { say } from './texts/texts.ts';

/** Ends every draft, and no answer: by it a draft is known that a bot which was cut off has left behind. */
const mark = ' ⏳';

export function draftText(
  progress: AnswerProgress,
  { locale, above = '' }: Pick<DraftPlace, 'locale' | 'above'>,
): string {
  const room = maxMessageCharacters - above.length - mark.length;
  // Of a long answer, what its first message will show.
  return `${above}${splitText(told(progress, locale), room)[0]}${mark}`;
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

function told(progress: AnswerProgress, locale: string): string {
  const text = progress.stage === 'writing' ? plainText(progress.text.trim()) : '';
  return text || `-# ${say(locale, progress.stage === 'looking' ? 'lookingAtPicture' : 'thinking')}`;
}
