// How a memory is shown: its turns, how full it is, and the prompt, as a file where it fills more than a message.
import type { MemoryView, SceneImage, Turn } from '../conversation/conversations.ts';
import { plainText } from './plain-text.ts';
import type { Outgoing } from './reply.ts';
import { maxMessageCharacters } from './split-text.ts';
import { say } from './texts/texts.ts';

const barCells = 20;

/** @param guildId null in direct messages */
export function describeMemory(view: MemoryView, guildId: string | null, locale: string): Outgoing {
  const title = `**What I remember about [this picture](${linkTo(view.image, guildId)})**`;
  const head = [title, ...fullness(view)];
  const turns = [...turnLines(view), ...(view.isRemembered ? [] : [say(locale, 'memoryFails')])];
  const block = `**What I would read next**, after the picture:\n\`\`\`text\n${view.prompt}\n\`\`\``;
  const inline = [...head, ...turns, block].join('\n');
  // Three backticks would end the block before the prompt does.
  if (inline.length <= maxMessageCharacters && !view.prompt.includes('```')) return { text: inline };
  const pointer = '-# What I would read next, after the picture, is in the file.';
  return {
    text: [...head, pointer, ...turns].join('\n'),
    files: [{ attachment: Buffer.from(view.prompt), name: 'prompt.txt' }],
  };
}

/** `▰▰▰▱▱▱ 143 / 512 tokens` */
function fullness({ promptTokens, imageTokens, answerTokens, windowTokens }: MemoryView): string[] {
  const filled = Math.min(barCells, Math.ceil((barCells * promptTokens) / windowTokens));
  const bar = '▰'.repeat(filled) + '▱'.repeat(barCells - filled);
  const room = answerTokens > 0 ? `; ${answerTokens} more stay free for the answer` : '';
  const words = promptTokens - imageTokens;
  return [
    `${bar} **${promptTokens} / ${windowTokens} tokens**`,
    `-# ${imageTokens} of them are the picture and ${words} the words${room}.`,
  ];
}

function turnLines({ turns, turnsInPrompt, forgottenTurns }: MemoryView): string[] {
  if (turns.length + forgottenTurns === 0) return ['Nothing was asked about it yet.'];
  const tooOld = turns.length - turnsInPrompt;
  const lines = turns.map((turn, i) => turnLine(turn, forgottenTurns + i + 1, i < tooOld));
  const gone = forgottenTurns > 0 ? [`-# ${before(forgottenTurns)} no longer kept.`] : [];
  const struck = tooOld > 0 ? ['-# What is struck out no longer fits beside this question.'] : [];
  return [...gone, ...lines, ...struck];
}

function turnLine({ question, answer }: Turn, number: number, isTooOld: boolean): string {
  const line = `**${number}** ${shown(question)} → ${shown(answer)}`;
  return isTooOld ? `~~${line}~~` : line;
}

function before(count: number): string {
  return count === 1 ? 'The first question is' : `The first ${count} questions are`;
}

function shown(text: string): string {
  return plainText(text.replace(/\s+/g, ' '));
}

function linkTo({ channelId, messageId }: SceneImage, guildId: string | null): string {
  return `https://discord.com/channels/${guildId ?? '@me'}/${channelId}/${messageId}`;
}
