// Whether a message is meant for the bot.
import type { Message } from 'discord.js';
import { mentionsBot } from './question-text.ts';
import { isVisualChat } from './visual-chat.ts';

export function isForBot(message: Message): boolean {
  return message.channel.isDMBased() || isVisualChat(message.channel) || isAddressed(message);
}

/** By its name, or by a reply to it. */
export function isAddressed(message: Message): boolean {
  return mentionsBot(message) || message.mentions.repliedUser?.id === message.client.user.id;
}
