// What was said in a thread, channel or server that the bot lost is forgotten with it.
import { type Client, Events } from 'discord.js';
import type { Logger } from '../commands/command.ts';
import type { Forgetting, Forgotten } from '../commands/preferences.ts';
import type { InFlight } from './in-flight.ts';

export interface ForgetPlacesOptions {
  readonly forgetting: Forgetting;
  readonly inFlight: InFlight;
  readonly log: Logger;
}

export function forgetPlaces(client: Client, { forgetting, inFlight, log }: ForgetPlacesOptions): void {
  const follow = (place: object, forgotten: Promise<Forgotten>) =>
    inFlight.add(
      forgotten.then(
        (counts) => log.debug({ ...place, ...counts }, 'Forgot what was said in a place that is gone'),
        (error: unknown) => log.error({ err: error, ...place }, 'Could not forget a place that is gone'),
      ),
    );
  client.on(Events.ThreadDelete, ({ id }) => follow({ channelId: id }, forgetting.channels(new Set([id]))));
  client.on(Events.ChannelDelete, (channel) => {
    // Discord tells nothing of the threads that went with it.
    const threads = 'threads' in channel ? channel.threads.cache.keys() : [];
    follow({ channelId: channel.id }, forgetting.channels(new Set([channel.id, ...threads])));
  });
  // One that Discord can't reach for a while is no deleted one: discord.js tells of that by another name.
  client.on(Events.GuildDelete, ({ id, channels }) =>
    follow({ guildId: id }, forgetting.server(id, new Set(channels.cache.keys()))),
  );
}
