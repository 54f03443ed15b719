import type { Forgotten } from './preferences.ts';
import { say, saying } from './texts/texts.ts';

/** How much was forgotten, as a sentence. */
export function forgottenText(forgotten: Forgotten | undefined, locale: string): string {
  const { conversations, questions, pictures } = forgotten ?? { conversations: 0, questions: 0, pictures: 0 };
  if (conversations + pictures === 0) return say(locale, 'nothingToForget');
  return say(locale, 'forgotten', {
    questions: saying('ofQuestions', { count: questions }),
    conversations: saying('ofConversations', { count: conversations }),
    pictures: saying('ofPictures', { count: pictures }),
  });
}
