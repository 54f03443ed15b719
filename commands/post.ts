// Posts one message, once, however often Discord has to be asked.
import { type Message, type SendableChannels, SnowflakeUtil } from 'discord.js';
import { type Part, quietly } from './outgoing.ts';
import { patiently } from './patience.ts';

/**
 * A message that answers none.
 * @param nonce where another call may post the same: within some minutes, Discord takes it once
 */
export async function post(
  channel: SendableChannels,
  part: Part,
  signal?: AbortSignal,
  nonce?: string,
): Promise<string> {
  const once = postedOnce(nonce);
  const send = (): Promise<Message> => channel.send({ ...part, ...quietly, ...once });
  return (await patiently(send, signal)).id;
}

/** By its nonce Discord knows a message that it has posted already, though it could not say so. */
export function postedOnce(nonce = freshNonce()): { nonce: string; enforceNonce: true } {
  return { nonce, enforceNonce: true };
}

export function freshNonce(): string {
  return SnowflakeUtil.generate().toString();
}
