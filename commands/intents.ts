// What the bot can't do where Discord keeps people's messages from it, and the sentence that helps.
import { type Client, GatewayIntentBits } from 'discord.js';
import type { Saying } from '../models/saying.ts';
import { saying } from './texts/texts.ts';

/** Whether Discord shows the bot messages that don't mention it. */
export function readsMessages(client: Client): boolean {
  return client.options.intents.has(GatewayIntentBits.MessageContent);
}

/** Stands after a sentence that says the bot found no image; empty where it would have seen one. */
export function whyNotSeen(client: Client): Saying | '' {
  return readsMessages(client) ? '' : saying('contentIntentOff');
}
