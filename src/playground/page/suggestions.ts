// What the composer offers while one types: commands after "/", members after "@".
import type { APIApplicationCommand, APIUser } from 'discord.js';
import { avatarOf } from './avatars.ts';
import { localDescription, localName } from './commands.ts';
import { mentionQuery } from './mentions.ts';
import { displayName } from './messages.ts';

export interface Suggestion {
  readonly title: string;
  readonly description: string;
  /** Address of the picture beside it. */
  readonly icon: string;
  readonly aside?: string;
  /** What picking it gives: a command to fill in, or the text with the mention in it. */
  readonly result: APIApplicationCommand | string;
}

export interface Suggestions {
  readonly title: string;
  readonly items: readonly Suggestion[];
}

export interface Vocabulary {
  readonly bot: APIUser;
  readonly commands: readonly APIApplicationCommand[];
  /** Whoever can be mentioned. */
  readonly users: readonly APIUser[];
}

export function suggestionsFor(text: string, caret: number, known: Vocabulary): Suggestions | undefined {
  const suggestions = commandsFor(text, known) ?? mentionsFor(text, caret, known);
  return suggestions && suggestions.items.length > 0 ? suggestions : undefined;
}

/** The command that a text names in full, with the space behind it. */
export function namedCommand(text: string, { commands }: Vocabulary): APIApplicationCommand | undefined {
  return commands.find((command) => namesOf(command).some((name) => text === `/${name} `));
}

function commandsFor(text: string, { commands, bot }: Vocabulary): Suggestions | undefined {
  const query = /^\/([\p{L}\p{M}\p{N}_-]*(?: [\p{L}\p{M}\p{N}_-]*)?)$/u.exec(text)?.[1]?.toLowerCase();
  if (query === undefined) return undefined;
  const items = commands
    .filter((command) => namesOf(command).some((name) => name.startsWith(query)))
    .map((command) => ({
      title: `/${localName(command)}`,
      description: localDescription(command),
      icon: avatarOf(bot),
      aside: displayName(bot),
      result: command,
    }));
  // Words after a command, and no subcommand's.
  if (items.length === 0 && query.includes(' ')) return undefined;
  return { title: query ? `Commands matching /${query}` : 'Commands', items };
}

/** One finds a command by either name. */
function namesOf(command: APIApplicationCommand): readonly string[] {
  return [localName(command), command.name];
}

function mentionsFor(text: string, caret: number, { users }: Vocabulary): Suggestions | undefined {
  const found = mentionQuery(text, caret);
  if (!found || users.some(({ username }) => username === found.query)) return undefined;
  const items = users
    .filter(({ username }) => username.startsWith(found.query.toLowerCase()))
    .map((user) => ({
      title: displayName(user),
      description: user.bot ? 'App' : user.username,
      icon: avatarOf(user),
      result: `${text.slice(0, found.start)}@${user.username} ${text.slice(caret)}`,
    }));
  return { title: 'Members', items };
}
