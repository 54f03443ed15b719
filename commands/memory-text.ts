// How a memory is shown: its turns, how full it is, and the prompt, as a file where it fills more than a message.
import type { MemoryView, SceneImage, Turn } from '../conversation/conversations.ts';
import type { Outgoing } from './outgoing.ts';
import { plainText } from './plain-text.ts';
import { maxMessageCharacters } from './split-text.ts';
import { say } from './texts/texts.ts';

const barCells = 20;

/** @param guildId null in direct messages */
export function describeMemory(view: MemoryView, guildId: string | null, locale: string): Outgoing {
  const title = say(locale, 'memoryHeading', { link: linkTo(view.image, guildId) });
  const head = [title, ...fullness(view, locale)];
  const turns = [...turnLines(view, locale), ...(view.isRemembered ? [] : [say(locale, 'memoryFails')])];
  const block = `${say(locale, 'readsNext')}\n\`\`\`text\n${view.prompt}\n\`\`\``;
  const inline = [...head, ...turns, block].join('\n');
  // Three backticks would end the block before the prompt does.
  if (inline.length <= maxMessageCharacters && !view.prompt.includes('```')) return { text: inline };
  const pointer = `-# ${say(locale, 'readsNextInFile')}`;
  return {
    text: [...head, pointer, ...turns].join('\n'),
    files: [{ attachment: Buffer.from(view.prompt), name: 'prompt.txt' }],
  };
}

/** `▰▰▰▱▱▱ 143 / 512 tokens` */
function fullness(
  { promptTokens, imageTokens, answerTokens, windowTokens }: MemoryView,
  locale: string,
): string[] {
  const filled = Math.min(barCells, Math.ceil((barCells * promptTokens) / windowTokens));
  const bar = '▰'.repeat(filled) + '▱'.repeat(barCells - filled);
  const shares = { picture: imageTokens, words: promptTokens - imageTokens };
  const told =
    answerTokens > 0
      ? say(locale, 'memorySharesWithRoom', { ...shares, room: answerTokens })
      : say(locale, 'memoryShares', shares);
  return [
    `${bar} **${say(locale, 'memoryFullness', { used: promptTokens, all: windowTokens })}**`,
    `-# ${told}`,
  ];
}

function turnLines({ turns, turnsInPrompt, forgottenTurns }: MemoryView, locale: string): string[] {
  if (turns.length + forgottenTurns === 0) return [say(locale, 'nothingAsked')];
  const tooOld = turns.length - turnsInPrompt;
  const lines = turns.map((turn, i) => turnLine(turn, forgottenTurns + i + 1, i < tooOld));
  const gone = forgottenTurns > 0 ? [`-# ${say(locale, 'noLongerKept', { count: forgottenTurns })}`] : [];
  const struck = tooOld > 0 ? [`-# ${say(locale, 'struckOut')}`] : [];
  return [...gone, ...lines, ...struck];
}

function turnLine({ question, answer }: Turn, number: number, isTooOld: boolean): string {
  const line = `**${number}** ${shown(question)} → ${shown(answer)}`;
  return isTooOld ? `~~${line}~~` : line;
}

function shown(text: string): string {
  return plainText(text.replace(/\s+/g, ' '));
}

function linkTo({ channelId, messageId }: SceneImage, guildId: string | null): string {
  return `https://discord.com/channels/${guildId ?? '@me'}/${channelId}/${messageId}`;
}
