// Looks up what mentions are called.
import type { PageState } from '../page-api.ts';
import { nameOf } from './channels.ts';
import { type Inline, plainText } from './markdown.ts';
import { displayName } from './messages.ts';

export interface Names {
  readonly meId: string;
  user(id: string): string | undefined;
  channel(id: string): string | undefined;
  role(id: string): string | undefined;
}

const known = new WeakMap<PageState, Names>();

/** The same object as long as the state is the same, so that messages aren't drawn again in vain. */
export function namesIn(state: PageState): Names {
  const names = known.get(state) ?? readNames(state);
  known.set(state, names);
  return names;
}

function readNames(state: PageState): Names {
  const users = [state.me, state.bot.user, ...state.members.map(({ user }) => user)];
  return {
    meId: state.me.id,
    user: (id) => users.filter((user) => user.id === id).map(displayName)[0],
    channel: (id) => state.channels.filter((channel) => channel.id === id).map(nameOf)[0],
    role: (id) => state.roles.find((role) => role.id === id)?.name,
  };
}

/** A message's content as one line of plain words. */
export function previewText(content: string, names: Names): string {
  return plainText(content, (node) => mentionText(node, names));
}

function mentionText(node: Inline, names: Names): string {
  if (node.type === 'user') return `@${names.user(node.id) ?? 'unknown-user'}`;
  if (node.type === 'emoji') return `:${node.name}:`;
  if (node.type === 'role') return `@${names.role(node.id) ?? 'unknown-role'}`;
  if (node.type === 'channel') return `#${names.channel(node.id) ?? 'unknown'}`;
  return node.type === 'command' ? `/${node.name}` : '';
}
