// What a message asks, as the person reads it: without the mention that called the bot.
import { cleanContent, type Message } from 'discord.js';

/** Empty where the message only holds an image or a mention. */
export function questionText(message: Message): string {
  const own = [`<@${message.client.user.id}>`, `<@!${message.client.user.id}>`, ...ownRoles(message)];
  const text = own.reduce((rest, mention) => rest.replaceAll(mention, ' '), message.content);
  return cleanContent(text, message.channel).replace(/\s+/g, ' ').trim();
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
