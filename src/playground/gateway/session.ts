// What the gateway remembers of a bot between connections: its intents, the sequence, and the events to replay.
import { randomBytes } from 'node:crypto';

export interface Payload {
  readonly op: number;
  readonly t?: string;
  readonly s?: number;
  readonly d?: unknown;
}

export interface Session {
  readonly id: string;
  readonly intents: number;
  readonly sequence: number;
  /** Gives an event its number, keeps it for a replay, and sends it if a connection is attached. */
  dispatch(name: string, data: unknown): void;
  attach(send: (payload: Payload) => void): void;
  /** Does nothing when another connection has taken over since. */
  detach(send: (payload: Payload) => void): void;
  /** The events after `sequence`, or undefined when they are no longer all there. */
  since(sequence: number): readonly Payload[] | undefined;
}

export function createSession(intents: number, replayEvents: number): Session {
  const kept: Payload[] = [];
  let sequence = 0;
  let send: ((payload: Payload) => void) | undefined;
  return {
    id: randomBytes(16).toString('hex'),
    intents,
    get sequence() {
      return sequence;
    },
    dispatch(name, data) {
      sequence += 1;
      const payload: Payload = { op: 0, t: name, s: sequence, d: data };
      kept.push(payload);
      if (kept.length > replayEvents) kept.shift();
      send?.(payload);
    },
    attach(next) {
      send = next;
    },
    detach(previous) {
      if (send === previous) send = undefined;
    },
    since(seen) {
      const isComplete = sequence - seen <= kept.length;
      return isComplete ? kept.filter(({ s }) => (s ?? 0) > seen) : undefined;
    },
  };
}
