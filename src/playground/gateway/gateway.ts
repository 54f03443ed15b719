// The gateway: who is connected, with which session, and what of the world's events goes to whom.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayIntentBits, GatewayOpcodes } from 'discord.js';
import { type WebSocket, WebSocketServer } from 'ws';
import { isBotMember } from '../state/bot-membership.ts';
import type { World } from '../state/world.ts';
import { closeCodes } from './close-codes.ts';
import { Connection, type Lobby } from './connection.ts';
import { dispatchFor } from './dispatches.ts';
import { guildCreate } from './guild-create.ts';
import { has } from './intents.ts';
import { ready } from './ready.ts';
import type { Session } from './session.ts';
import { createSessionStore, fieldsOf, type SessionStore } from './session-store.ts';

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
  /** From now on nothing is sent on the connections that are open, which stay open: no event, no answer to a heartbeat. */
  fallSilent(): void;
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

type Dispatcher = (session: Session, name: string, data: unknown) => void;

export function createGateway(world: World, { token, onDispatch }: GatewayOptions): GatewayServer {
  const server = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024, perMessageDeflate: false });
  const sessions = createSessionStore(world, token);
  const connections = new Set<Connection>();
  const dispatch: Dispatcher = (session, name, data) => {
    // A copy as it is now: what is kept for a replay must not change with the world.
    const copy: unknown = JSON.parse(JSON.stringify(data));
    onDispatch?.(name, copy);
    session.dispatch(name, copy);
  };
  const lobby = createLobby(world, sessions, connections, dispatch);
  const stopListening = world.listen((event) => {
    for (const session of sessions.all()) {
      const found = dispatchFor(world, event, session.intents);
      if (found !== undefined) dispatch(session, found.name, found.data);
    }
  });
  return {
    ...createControls(sessions, connections),
    get online() {
      return isOnline(connections);
    },
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (client) => {
        if (speaksOurVersion(request)) new Connection(client, world.limits, lobby);
        else refuseVersion(client);
      }),
    close() {
      stopListening();
      sessions.clear();
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

function createLobby(
  world: World,
  sessions: SessionStore,
  connections: Set<Connection>,
  dispatch: Dispatcher,
): Lobby {
  const change = (act: () => void) => {
    const before = isOnline(connections);
    act();
    const online = isOnline(connections);
    if (online !== before) world.announce({ type: 'bot', online });
  };
  return {
    identify: sessions.create,
    resume: sessions.find,
    welcome(session) {
      dispatch(session, 'READY', ready(world, session));
      if (has(session.intents, GatewayIntentBits.Guilds) && isBotMember(world))
        dispatch(session, 'GUILD_CREATE', guildCreate(world, session.intents));
    },
    sendMembers(session, data) {
      const { nonce } = fieldsOf(data);
      dispatch(session, 'GUILD_MEMBERS_CHUNK', {
        guild_id: world.guild.id,
        members: [...world.guild.members.values()],
        chunk_index: 0,
        chunk_count: 1,
        ...(nonce === undefined ? {} : { nonce }),
      });
    },
    opened: (connection) => change(() => connections.add(connection)),
    closed(connection, resumable) {
      change(() => connections.delete(connection));
      const { session } = connection;
      const isTakenOver = [...connections].some((other) => other.session === session);
      if (session === undefined || isTakenOver) return;
      if (resumable) sessions.keep(session);
      else sessions.drop(session);
    },
  };
}

function createControls(sessions: SessionStore, connections: Set<Connection>): Omit<Gateway, 'online'> {
  const each = (act: (connection: Connection) => void) => [...connections].forEach(act);
  return {
    cut: (code) => each((connection) => (code === undefined ? connection.cut() : connection.close(code))),
    askToReconnect: () => each(({ send }) => send({ op: GatewayOpcodes.Reconnect })),
    invalidateSession(resumable) {
      if (!resumable) sessions.clear();
      each((connection) => {
        connection.release();
        connection.send({ op: GatewayOpcodes.InvalidSession, d: resumable });
      });
    },
    askForHeartbeat: () => each(({ send }) => send({ op: GatewayOpcodes.Heartbeat })),
    fallSilent: () =>
      each((connection) => {
        connection.isSilent = true;
      }),
    forgetSessions: () => sessions.clear(),
  };
}

function isOnline(connections: ReadonlySet<Connection>): boolean {
  return [...connections].some(({ session }) => session !== undefined);
}

function speaksOurVersion({ url = '/' }: IncomingMessage): boolean {
  const query = new URL(url, 'http://localhost').searchParams;
  return (query.get('v') ?? '10') === '10' && (query.get('encoding') ?? 'json') === 'json';
}

function refuseVersion(socket: WebSocket): void {
  socket.on('error', () => socket.terminate());
  socket.close(...closeCodes.invalidVersion);
}
