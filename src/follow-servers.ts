// Says hello where the bot is added to a server, and forgets what was said where it is removed: at once, or at its next
// connection where that happened while it was away.
import {
  type Client,
  Events,
  GatewayDispatchEvents,
  type GatewayReadyDispatchData,
  type Guild,
} from 'discord.js';
import { KeyedQueue } from '../conversation/keyed-queue.ts';
import type { Logger } from '../models/logger.ts';
import type { InFlight } from './in-flight.ts';
import type { KnownServers } from './known-servers.ts';

export interface FollowServersOptions {
  readonly known: KnownServers;
  readonly inFlight: InFlight;
  readonly log: Logger;
  /** Neither of them rejects. */
  readonly greet: (guild: Guild) => Promise<void>;
  readonly forget: (guildId: string, channelIds: ReadonlySet<string>) => Promise<void>;
}

export function followServers(
  client: Client,
  { known, inFlight, log, greet, forget }: FollowServersOptions,
): void {
  /** As Discord has told; discord.js keeps those that were lost with a session. */
  let present = new Set<string>();
  const order = new KeyedQueue();

  const follow = (change: (botId: string) => Promise<unknown>) =>
    inFlight.add(
      order
        .run('servers', async () => {
          const botId = client.user?.id ?? '';
          await change(botId);
          await known.note(botId, present);
        })
        .catch((error: unknown) => log.error({ err: error }, 'Could not keep which servers I am in')),
    );

  const followMissed = async (botId: string) => {
    const { joined, left } = await known.changes(botId, present);
    await Promise.all([
      ...joined.flatMap((id) => client.guilds.cache.get(id) ?? []).map(greet),
      ...left.map((id) => forget(id, new Set())),
    ]);
  };

  client.ws.on(GatewayDispatchEvents.Ready, ({ guilds }: GatewayReadyDispatchData) => {
    present = new Set(guilds.map(({ id }) => id));
  });
  client.on(Events.ShardReady, () => follow(followMissed));
  // Not told of those that the bot is in when it connects.
  client.on(Events.GuildCreate, (guild) => {
    present.add(guild.id);
    follow(() => greet(guild));
  });
  // One that Discord can't reach for a while is no deleted one: discord.js tells of that by another name.
  client.on(Events.GuildDelete, ({ id, channels }) => {
    present.delete(id);
    follow(() => forget(id, new Set(channels.cache.keys())));
  });
}
