import type { Forgotten } from './preferences.ts';

/** How much was forgotten, as a sentence. */
export function forgottenText(forgotten?: Forgotten): string {
  const { conversations, questions, pictures } = forgotten ?? { conversations: 0, questions: 0, pictures: 0 };
  if (conversations + pictures === 0) return 'There was nothing to forget.';
  const said = `${counted(questions, 'question')} in ${counted(conversations, 'conversation')}`;
  return `I forgot ${said}, and what I saw in ${counted(pictures, 'picture')}.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
