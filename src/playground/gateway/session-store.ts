// The sessions of bots that are or were connected: made, found again for a resume, and forgotten in time.
import type { World } from '../state/world.ts';
import type { CloseReason } from './close-codes.ts';
import { refusalOf } from './intents.ts';
import { createSession, type Session } from './session.ts';

export interface SessionStore {
  /** A new session, or why the bot is turned away. */
  create(data: unknown): Session | CloseReason;
  /** The session to resume; undefined when it is gone or can't be replayed whole. */
  find(data: unknown): Session | CloseReason | undefined;
  all(): Iterable<Session>;
  /** Keeps a session without a connection for as long as it may be resumed. */
  keep(session: Session): void;
  drop(session: Session): void;
  clear(): void;
}

export function createSessionStore(world: World, token: string): SessionStore {
  const sessions = new Map<string, { readonly session: Session; expiry?: NodeJS.Timeout }>();
  const store: SessionStore = {
    create(data) {
      const { token: given, intents, shard } = fieldsOf(data);
      if (!isToken(given, token)) return 'authenticationFailed';
      if (shard !== undefined && !isOnlyShard(shard)) return 'invalidShard';
      const refusal = refusalOf(intents, world.privileged);
      if (refusal !== undefined) return refusal;
      const session = createSession(intents as number, world.limits.replayEvents);
      sessions.set(session.id, { session });
      return session;
    },
    find(data) {
      const { token: given, session_id: id, seq } = fieldsOf(data);
      if (!isToken(given, token)) return 'authenticationFailed';
      const found = sessions.get(String(id));
      if (found === undefined) return undefined;
      if (!Number.isInteger(seq) || (seq as number) > found.session.sequence) return 'invalidSequence';
      if (found.session.since(seq as number) === undefined) return undefined;
      clearTimeout(found.expiry);
      return found.session;
    },
    *all() {
      for (const { session } of sessions.values()) yield session;
    },
    keep(session) {
      const found = sessions.get(session.id);
      if (found === undefined) return;
      clearTimeout(found.expiry);
      found.expiry = setTimeout(() => sessions.delete(session.id), world.limits.resumeMs).unref();
    },
    drop(session) {
      clearTimeout(sessions.get(session.id)?.expiry);
      sessions.delete(session.id);
    },
    clear() {
      for (const { expiry } of sessions.values()) clearTimeout(expiry);
      sessions.clear();
    },
  };
  return store;
}

export function fieldsOf(data: unknown): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
}

function isToken(given: unknown, token: string): boolean {
  return typeof given === 'string' && given.replace(/^Bot /, '') === token;
}

function isOnlyShard(shard: unknown): boolean {
  return Array.isArray(shard) && shard[0] === 0 && shard[1] === 1;
}
