// Types in the channel of a message or an interaction while work is done for it.
import { type Channel, Routes } from 'discord.js';
import type { Services } from './command.ts';

export function duringTyping<T>(
  channel: Channel | null,
  { typing }: Pick<Services, 'typing'>,
  work: (stopTyping: () => void) => Promise<T>,
): Promise<T> {
  if (!channel?.isSendable()) return work(() => {});
  const { id, client } = channel;
  const sendTyping = (signal: AbortSignal) => client.rest.post(Routes.channelTyping(id), { signal });
  return typing.during({ id, sendTyping }, work);
}
