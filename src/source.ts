import type { Message } from 'discord.js';
import type { AskedBy } from '../commands/asked-by.ts';

/** What the bot answers to. */
export type Source = Message | AskedBy;
