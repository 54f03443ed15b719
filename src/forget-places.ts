// What was said in a thread or channel that the bot lost is forgotten with it; and in a server, which others tell of.
import { type Client, Events } from 'discord.js';
import type { Forgetting, Forgotten } from '../commands/preferences.ts';
import type { Logger } from '../models/logger.ts';
import type { InFlight } from './in-flight.ts';

export interface ForgetPlacesOptions {
  readonly forgetting: Forgetting;
  readonly inFlight: InFlight;
  readonly log: Logger;
}

export function forgetPlaces(client: Client, { forgetting, inFlight, log }: ForgetPlacesOptions): void {
  const follow = (place: object, forgotten: Promise<Forgotten>) =>
    inFlight.add(toldInLog(place, forgotten, log));
  client.on(Events.ThreadDelete, ({ id }) => follow({ channelId: id }, forgetting.channels(new Set([id]))));
  client.on(Events.ChannelDelete, (channel) => {
    // Discord tells nothing of the threads that went with it.
    const threads = 'threads' in channel ? channel.threads.cache.keys() : [];
    follow({ channelId: channel.id }, forgetting.channels(new Set([channel.id, ...threads])));
  });
}

/** Never rejects: what fails is logged. */
export async function toldInLog(place: object, forgotten: Promise<Forgotten>, log: Logger): Promise<void> {
  try {
    log.debug({ ...place, ...(await forgotten) }, 'Forgot what was said in a place that is gone');
  } catch (error) {
    log.error({ err: error, ...place }, 'Could not forget a place that is gone');
  }
}
