// What a message asks, as the person reads it: without the mention that called the bot.
import { cleanContent, type Message } from 'discord.js';
import type { SceneImage } from '../conversation/conversations.ts';

/** Empty where the message only holds an image, a link or a mention. */
export function questionText(message: Message): string {
  const own = [`<@${message.client.user.id}>`, `<@!${message.client.user.id}>`, ...ownRoles(message)];
  const text = own.reduce((rest, mention) => rest.replaceAll(mention, ' '), message.content);
  return tidy(cleanContent(withoutLinks(text), message.channel));
}

/** Without what only leads to the picture, the emoji that it is, which "this" stands for, or adorns the end. */
export function questionAbout({ attachmentId }: SceneImage, question: string): string {
  if (!attachmentId.startsWith('emoji:')) return tidy(question.replace(/(?<=\S)(\s*:\w+:)+\s*$/, ''));
  const asked = question.replace(/(?<=[?!.…？！。])(\s*:\w+:)+\s*$/, '');
  const words = tidy(asked.replace(/:\w+:/g, ' '));
  const isNamed = /\b(this|that|it|emoji)\b/i.test(words) || !/\w/.test(words);
  return isNamed ? words.replace(/^\W+$/, '') : tidy(asked.replace(/:\w+:/, 'this').replace(/:\w+:/g, ' '));
}

/** Whether a message holds links alone. */
export function isLinkAlone(message: Message): boolean {
  return holdsLink(message.content) && questionText(message) === '';
}

export function holdsLink(text: string): boolean {
  return /https?:\/\//.test(text);
}

/** An address says nothing to the model; the words that lead to it do. */
export function withoutLinks(text: string): string {
  return text
    .replace(/\[([^\]\n]*)\]\(<?https?:[^)\s]*\)/g, '$1')
    .replace(/<?https?:\/\/(?:(?!\|\|)[^\s>])+>?/g, ' ')
    .replace(/\|\|\s*\|\|/g, ' ');
}

function tidy(text: string): string {
  // Nothing but characters that show nothing.
  if (!/[^\s\p{Cf}\p{Mn}]/u.test(text)) return '';
  return text.replace(/\s+/g, ' ').trim();
}

/** Whether a message calls the bot by name; a reply that pings it does, too. */
export function mentionsBot(message: Message): boolean {
  return message.mentions.users.has(message.client.user.id) || ownRoles(message).length > 0;
}

/** Discord gives a bot a role of its own name, which people pick by mistake. */
function ownRoles(message: Message): string[] {
  return message.mentions.roles
    .filter((role) => role.tags?.botId === message.client.user.id)
    .map((role) => `<@&${role.id}>`);
}
