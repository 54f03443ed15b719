// A gateway connection that does exactly what a test tells it, also what no library would.
import { onTestFinished } from 'vitest';
import WebSocket from 'ws';
import type { Payload } from '../../src/playground/gateway/session.ts';
import type { Playground } from '../../src/playground/playground.ts';
import { usualIntents } from './discord-client.ts';

export interface RawGateway {
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  send(payload: object): void;
  sendText(text: string): void;
  identify(changes?: object): void;
  /** The first payload, received before or after, that fits. */
  next(fits: (payload: Payload) => boolean): Promise<Payload>;
  cut(): void;
}

/** Connects and waits for the hello. */
export async function openGateway(
  { url, token }: Playground,
  query = 'v=10&encoding=json',
): Promise<RawGateway> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/gateway?${query}`);
  onTestFinished(() => socket.terminate());
  const received: Payload[] = [];
  const waiting = new Set<() => void>();
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  socket.on('message', (data) => {
    received.push(JSON.parse(data.toString()) as Payload);
    for (const wake of [...waiting]) wake();
  });
  const gateway: RawGateway = {
    closed,
    send: (payload) => socket.send(JSON.stringify(payload)),
    sendText: (text) => socket.send(text),
    identify: (changes = {}) =>
      gateway.send({
        op: 2,
        d: {
          token,
          intents: usualIntents.reduce((all, bit) => all | bit, 0),
          properties: { os: 'linux', browser: 'test', device: 'test' },
          ...changes,
        },
      }),
    next: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = received.find(fits);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    cut: () => socket.terminate(),
  };
  await Promise.race([gateway.next(({ op }) => op === 10), closed]);
  return gateway;
}
