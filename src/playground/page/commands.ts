// The bot's commands as this person finds them in a channel.
import type { APIApplicationCommand } from 'discord.js';
import type { PageChannel } from '../page-api.ts';
import { isDirect } from './channels.ts';
import { interactionContexts } from './discord-values.ts';

interface Translated {
  readonly name: string;
  readonly name_localized?: string;
}

/** What a command, an option or a choice is called in the person's language. */
export function localName(named: Translated): string {
  return named.name_localized ?? named.name;
}

export function localDescription(described: {
  readonly description: string;
  readonly description_localized?: string;
}): string {
  return described.description_localized ?? described.description;
}

export function isUsableIn(channel: PageChannel, { contexts, guild_id }: APIApplicationCommand): boolean {
  const isHere = isDirect(channel) ? interactionContexts.botDirect : interactionContexts.guild;
  return !(isDirect(channel) && guild_id) && (contexts?.includes(isHere) ?? true);
}
