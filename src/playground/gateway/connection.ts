// One WebSocket of a bot, from hello to close: checks what comes in and answers with the right close code.
import { GatewayOpcodes } from 'discord.js';
import type { RawData, WebSocket } from 'ws';
import type { Limits } from '../limits.ts';
import { type CloseReason, closeCodes } from './close-codes.ts';
import type { Payload, Session } from './session.ts';

/** What a connection asks of the gateway that it belongs to. */
export interface Sessions {
  /** A new session, or why not. */
  identify(data: unknown): Session | CloseReason;
  resume(data: unknown): Session | CloseReason | undefined;
  /** The first events of a new session. */
  welcome(session: Session): void;
  members(session: Session, data: unknown): void;
  opened(connection: Connection): void;
  /** @param keep whether the session can be resumed */
  closed(connection: Connection, keep: boolean): void;
}

export interface Connection {
  readonly session: Session | undefined;
  send(payload: Payload): void;
  close(reason: CloseReason): void;
  closeWith(code: number): void;
  /** Lets go of the session, so that this connection may identify or resume anew. */
  release(): void;
  /** Breaks the line without a close frame. */
  cut(): void;
  /** Whether heartbeats are answered; a test switches it off to play a dead connection. */
  answersHeartbeats: boolean;
}

const maxPayloadBytes = 4_096;

export function openConnection(socket: WebSocket, limits: Limits, sessions: Sessions): Connection {
  let session: Session | undefined;
  let keepSession = true;
  let sends: number[] = [];
  let silence: NodeJS.Timeout | undefined;
  const hangUpAfter = (ms: number) => {
    clearTimeout(silence);
    silence = setTimeout(() => connection.close('sessionTimedOut'), ms);
  };
  // Two beats missed is a dead client.
  const expectHeartbeats = () => hangUpAfter(limits.heartbeatIntervalMs * 2);

  const connection: Connection = {
    get session() {
      return session;
    },
    answersHeartbeats: true,
    send: (payload) => socket.send(JSON.stringify({ t: null, s: null, d: null, ...payload })),
    close(reason) {
      const [code, text] = closeCodes[reason];
      keepSession = reason !== 'sessionTimedOut' && reason !== 'authenticationFailed';
      socket.close(code, text);
    },
    closeWith: (code) => socket.close(code),
    release() {
      session?.detach(connection.send);
      session = undefined;
    },
    cut: () => socket.terminate(),
  };

  const enter = (next: Session) => {
    session = next;
    next.attach(connection.send);
    sessions.opened(connection);
  };

  const handlers: Partial<Record<number, (data: unknown) => void>> = {
    [GatewayOpcodes.Heartbeat]: () => {
      if (session !== undefined) expectHeartbeats();
      if (connection.answersHeartbeats) connection.send({ op: GatewayOpcodes.HeartbeatAck });
    },
    [GatewayOpcodes.Identify]: (data) => {
      const answer = sessions.identify(data);
      if (typeof answer === 'string') return connection.close(answer);
      expectHeartbeats();
      enter(answer);
      sessions.welcome(answer);
    },
    [GatewayOpcodes.Resume]: (data) => {
      const answer = sessions.resume(data);
      if (answer === undefined) return connection.send({ op: GatewayOpcodes.InvalidSession, d: false });
      if (typeof answer === 'string') return connection.close(answer);
      expectHeartbeats();
      const missed = answer.since((data as { seq: number }).seq) ?? [];
      for (const payload of missed) connection.send(payload);
      enter(answer);
      answer.dispatch('RESUMED', { _trace: [] });
    },
    [GatewayOpcodes.PresenceUpdate]: () => {},
    [GatewayOpcodes.VoiceStateUpdate]: () => {},
    [GatewayOpcodes.RequestSoundboardSounds]: () => {},
    [GatewayOpcodes.RequestGuildMembers]: (data) => session && sessions.members(session, data),
  };

  const receive = (raw: RawData) => {
    const { requests, windowMs } = limits.gatewaySends;
    sends = [...sends.filter((at) => at > Date.now() - windowMs), Date.now()];
    if (sends.length > requests) return connection.close('rateLimited');
    const payload = decode(raw);
    if (payload === undefined) return connection.close('decodeError');
    const handle = handlers[payload.op];
    if (handle === undefined) return connection.close('unknownOpcode');
    const opens = payload.op === GatewayOpcodes.Identify || payload.op === GatewayOpcodes.Resume;
    if (opens && session !== undefined) return connection.close('alreadyAuthenticated');
    if (!opens && payload.op !== GatewayOpcodes.Heartbeat && session === undefined) {
      return connection.close('notAuthenticated');
    }
    handle(payload.d);
  };

  socket.on('message', receive);
  socket.on('error', () => socket.terminate());
  socket.on('close', (code: number) => {
    clearTimeout(silence);
    session?.detach(connection.send);
    // A client that leaves with 1000 or 1001 gives its session up.
    sessions.closed(connection, keepSession && code !== 1000 && code !== 1001);
  });
  hangUpAfter(limits.identifyMs);
  connection.send({
    op: GatewayOpcodes.Hello,
    d: { heartbeat_interval: limits.heartbeatIntervalMs, _trace: [] },
  });
  return connection;
}

function decode(raw: RawData): Payload | undefined {
  const text = raw.toString();
  if (Buffer.byteLength(text) > maxPayloadBytes) return undefined;
  try {
    const payload: unknown = JSON.parse(text);
    return typeof payload === 'object' && payload !== null && 'op' in payload
      ? (payload as Payload)
      : undefined;
  } catch {
    return undefined;
  }
}
