// One WebSocket of a bot, from hello to close: checks what comes in and hangs up with the right code.
import { GatewayOpcodes } from 'discord.js';
import type { RawData, WebSocket } from 'ws';
import type { Limits } from '../limits.ts';
import { type CloseReason, closeCodes } from './close-codes.ts';
import type { Payload, Session } from './session.ts';

/** What a connection asks of the gateway that it belongs to. */
export interface Lobby {
  /** A new session, or why not. */
  identify(data: unknown): Session | CloseReason;
  /** The session to go on with, `undefined` for op 9, or a reason to hang up. */
  resume(data: unknown): Session | CloseReason | undefined;
  /** Sends the first events of a new session. */
  welcome(session: Session): void;
  sendMembers(session: Session, data: unknown): void;
  opened(connection: Connection): void;
  /** @param resumable whether the session may be taken up again */
  closed(connection: Connection, resumable: boolean): void;
}

const maxPayloadBytes = 4_096;
const opening: readonly number[] = [GatewayOpcodes.Identify, GatewayOpcodes.Resume];
const known: readonly number[] = [
  ...opening,
  GatewayOpcodes.Heartbeat,
  GatewayOpcodes.PresenceUpdate,
  GatewayOpcodes.RequestGuildMembers,
  GatewayOpcodes.RequestSoundboardSounds,
  GatewayOpcodes.VoiceStateUpdate,
];

export class Connection {
  /** A test switches it on to play a dead connection, one that is open and brings nothing. */
  isSilent = false;
  readonly #socket: WebSocket;
  readonly #limits: Limits;
  readonly #lobby: Lobby;
  #session: Session | undefined;
  #resumable = true;
  #silence: NodeJS.Timeout | undefined;
  #sentAt: number[] = [];

  constructor(socket: WebSocket, limits: Limits, lobby: Lobby) {
    this.#socket = socket;
    this.#limits = limits;
    this.#lobby = lobby;
    socket.on('message', (raw) => this.#receive(raw));
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => this.#closed(code));
    this.#hangUpAfter(limits.identifyMs);
    this.send({ op: GatewayOpcodes.Hello, d: { heartbeat_interval: limits.heartbeatIntervalMs } });
  }

  get session(): Session | undefined {
    return this.#session;
  }

  readonly send = (payload: Payload): void => {
    if (!this.isSilent) this.#socket.send(JSON.stringify({ t: null, s: null, d: null, ...payload }));
  };

  hangUp(reason: CloseReason): void {
    if (reason === 'sessionTimedOut' || reason === 'authenticationFailed') this.#resumable = false;
    const [code, text] = closeCodes[reason];
    this.#socket.close(code, text);
  }

  close(code: number): void {
    this.#socket.close(code);
  }

  /** Breaks the line without a close frame. */
  cut(): void {
    this.#socket.terminate();
  }

  /** Lets go of the session, so that this connection may identify or resume anew. */
  release(): void {
    this.#session?.detach(this.send);
    this.#session = undefined;
  }

  #receive(raw: RawData): void {
    const payload = decode(raw);
    const refusal = this.#refusalOf(payload);
    if (refusal !== undefined) this.hangUp(refusal);
    else if (payload !== undefined) this.#act(payload);
  }

  #refusalOf(payload: Payload | undefined): CloseReason | undefined {
    if (this.#sendsTooMuch()) return 'rateLimited';
    if (payload === undefined) return 'decodeError';
    if (!known.includes(payload.op)) return 'unknownOpcode';
    const opens = opening.includes(payload.op);
    if (opens && this.#session !== undefined) return 'alreadyAuthenticated';
    const mayComeFirst = opens || payload.op === GatewayOpcodes.Heartbeat;
    return mayComeFirst || this.#session !== undefined ? undefined : 'notAuthenticated';
  }

  #sendsTooMuch(): boolean {
    const { requests, windowMs } = this.#limits.gatewaySends;
    const now = Date.now();
    this.#sentAt = [...this.#sentAt.filter((at) => at > now - windowMs), now];
    return this.#sentAt.length > requests;
  }

  #act({ op, d }: Payload): void {
    if (op === GatewayOpcodes.Heartbeat) this.#heartbeat();
    else if (op === GatewayOpcodes.Identify) this.#open(this.#lobby.identify(d));
    else if (op === GatewayOpcodes.Resume) this.#open(this.#lobby.resume(d), (d as { seq: number }).seq);
    else if (op === GatewayOpcodes.RequestGuildMembers && this.#session !== undefined) {
      this.#lobby.sendMembers(this.#session, d);
    }
  }

  #heartbeat(): void {
    if (this.#session !== undefined) this.#expectHeartbeat();
    this.send({ op: GatewayOpcodes.HeartbeatAck });
  }

  /** @param seen for a resume: the last event that the bot received */
  #open(answer: Session | CloseReason | undefined, seen?: number): void {
    if (answer === undefined) this.send({ op: GatewayOpcodes.InvalidSession, d: false });
    else if (typeof answer === 'string') this.hangUp(answer);
    else this.#enter(answer, seen);
  }

  #enter(session: Session, seen: number | undefined): void {
    const missed = seen === undefined ? [] : (session.since(seen) ?? []);
    for (const payload of missed) this.send(payload);
    this.#session = session;
    session.attach(this.send);
    this.#expectHeartbeat();
    this.#lobby.opened(this);
    if (seen === undefined) this.#lobby.welcome(session);
    else session.dispatch('RESUMED', {});
  }

  #closed(code: number): void {
    clearTimeout(this.#silence);
    this.#session?.detach(this.send);
    // A client that leaves with 1000 or 1001 gives its session up.
    this.#lobby.closed(this, this.#resumable && code !== 1000 && code !== 1001);
  }

  /** Two beats missed is a dead client. */
  #expectHeartbeat(): void {
    this.#hangUpAfter(this.#limits.heartbeatIntervalMs * 2);
  }

  #hangUpAfter(ms: number): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.hangUp('sessionTimedOut'), ms);
  }
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
