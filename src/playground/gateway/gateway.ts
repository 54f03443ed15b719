// The gateway: who is connected, with which session, and what of the world's events goes to whom.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayIntentBits, GatewayOpcodes } from 'discord.js';
import { type WebSocket, WebSocketServer } from 'ws';
import { applicationObject } from '../state/application.ts';
import type { World } from '../state/world.ts';
import { closeCodes } from './close-codes.ts';
import { type Connection, openConnection, type Sessions } from './connection.ts';
import { dispatchFor } from './dispatches.ts';
import { guildCreate } from './guild-create.ts';
import { has, refusalOf } from './intents.ts';
import { createSession, type Session } from './session.ts';

/** What a test does to the bot's connection. */
export interface Gateway {
  readonly online: boolean;
  /** Breaks every connection, with a close code or, without one, just so. */
  cut(code?: number): void;
  /** Opcode 7: asks the bot to connect anew and resume. */
  askToReconnect(): void;
  /** Opcode 9. */
  invalidateSession(resumable: boolean): void;
  /** Opcode 1: asks for a heartbeat now. */
  askForHeartbeat(): void;
  /** From now on no heartbeat is answered on the connections that are open. */
  ignoreHeartbeats(): void;
  /** Forgets all sessions, so that none can be resumed. */
  forgetSessions(): void;
}

export interface GatewayServer extends Gateway {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

export interface GatewayOptions {
  readonly token: string;
  readonly onDispatch?: ((name: string, data: unknown) => void) | undefined;
}

export function createGateway(world: World, { token, onDispatch }: GatewayOptions): GatewayServer {
  const { limits } = world;
  const server = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024, perMessageDeflate: false });
  const sessions = new Map<string, { session: Session; expiry?: NodeJS.Timeout }>();
  const connections = new Set<Connection>();
  const isOnline = () => [...connections].some(({ session }) => session !== undefined);
  const dispatch = (session: Session, name: string, data: unknown) => {
    // A copy as it is now: what is kept for a replay must not change with the world.
    const copy: unknown = JSON.parse(JSON.stringify(data));
    onDispatch?.(name, copy);
    session.dispatch(name, copy);
  };
  const announceBot = (wasOnline: boolean) => {
    if (wasOnline !== isOnline()) world.announce({ type: 'bot', online: isOnline() });
  };

  const lobby: Sessions = {
    identify(data) {
      const { token: given, intents, shard } = fields(data);
      if (!isToken(given, token)) return 'authenticationFailed';
      if (shard !== undefined && !isOnlyShard(shard)) return 'invalidShard';
      const refusal = refusalOf(intents, world.privileged);
      if (refusal !== undefined) return refusal;
      const session = createSession(intents as number, limits.replayEvents);
      sessions.set(session.id, { session });
      return session;
    },
    resume(data) {
      const { token: given, session_id: id, seq } = fields(data);
      if (!isToken(given, token)) return 'authenticationFailed';
      const found = sessions.get(String(id));
      if (found === undefined) return undefined;
      if (!Number.isInteger(seq) || (seq as number) > found.session.sequence) return 'invalidSequence';
      if (found.session.since(seq as number) === undefined) return undefined;
      clearTimeout(found.expiry);
      return found.session;
    },
    welcome(session) {
      dispatch(session, 'READY', ready(world, session));
      if (has(session.intents, GatewayIntentBits.Guilds))
        dispatch(session, 'GUILD_CREATE', guildCreate(world));
    },
    members(session, data) {
      const members = [...world.guild.members.values()];
      const { nonce } = fields(data);
      dispatch(session, 'GUILD_MEMBERS_CHUNK', {
        guild_id: world.guild.id,
        members,
        chunk_index: 0,
        chunk_count: 1,
        ...(nonce === undefined ? {} : { nonce }),
      });
    },
    opened(connection) {
      const wasOnline = isOnline();
      connections.add(connection);
      announceBot(wasOnline);
    },
    closed(connection, keep) {
      const wasOnline = isOnline();
      connections.delete(connection);
      const found = sessions.get(connection.session?.id ?? '');
      if (found !== undefined && !keep) sessions.delete(found.session.id);
      if (found !== undefined && keep) {
        found.expiry = setTimeout(() => sessions.delete(found.session.id), limits.resumeMs).unref();
      }
      announceBot(wasOnline);
    },
  };

  const stopListening = world.listen((event) => {
    for (const { session } of sessions.values()) {
      const found = dispatchFor(world, event, session.intents);
      if (found !== undefined) dispatch(session, found.name, found.data);
    }
  });

  const accept = (socket: WebSocket, request: IncomingMessage) => {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    const speaksOurs = (query.get('v') ?? '10') === '10' && (query.get('encoding') ?? 'json') === 'json';
    if (!speaksOurs) return socket.close(...closeCodes.invalidVersion);
    openConnection(socket, limits, lobby);
  };

  const everyConnection = (act: (connection: Connection) => void) => [...connections].forEach(act);
  return {
    get online() {
      return isOnline();
    },
    cut: (code) => everyConnection((one) => (code === undefined ? one.cut() : one.closeWith(code))),
    askToReconnect: () => everyConnection((one) => one.send({ op: GatewayOpcodes.Reconnect })),
    invalidateSession(resumable) {
      if (!resumable) sessions.clear();
      everyConnection((one) => {
        one.release();
        one.send({ op: GatewayOpcodes.InvalidSession, d: resumable });
      });
    },
    askForHeartbeat: () => everyConnection((one) => one.send({ op: GatewayOpcodes.Heartbeat })),
    ignoreHeartbeats() {
      everyConnection((one) => {
        one.answersHeartbeats = false;
      });
    },
    forgetSessions: () => sessions.clear(),
    upgrade: (request, socket, head) => server.handleUpgrade(request, socket, head, accept),
    close() {
      stopListening();
      for (const { expiry } of sessions.values()) clearTimeout(expiry);
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

function ready(world: World, session: Session): object {
  const { id, flags } = applicationObject(world);
  return {
    v: 10,
    user: { ...world.bot, verified: true, mfa_enabled: false, email: null },
    guilds: [{ id: world.guild.id, unavailable: true }],
    session_id: session.id,
    session_type: 'normal',
    resume_gateway_url: gatewayUrl(world),
    shard: [0, 1],
    application: { id, flags },
  };
}

export function gatewayUrl({ origin }: World): string {
  return `${origin.replace(/^http/, 'ws')}/gateway`;
}

function fields(data: unknown): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
}

function isToken(given: unknown, token: string): boolean {
  return typeof given === 'string' && given.replace(/^Bot /, '') === token;
}

function isOnlyShard(shard: unknown): boolean {
  return Array.isArray(shard) && shard[0] === 0 && shard[1] === 1;
}
