// The bot: joins Discord, answers, and leaves without dropping what it has begun.
import { type Client, Events, GatewayIntentBits } from 'discord.js';
import type { Services } from '../commands/command.ts';
import { Drafts, type DraftTimes } from '../commands/drafts.ts';
import { UserError } from '../commands/errors.ts';
import { commands, messageCommands } from '../commands/index.ts';
import { Previews } from '../commands/link-preview.ts';
import { QuietWork } from '../commands/quiet-work.ts';
import { saying } from '../commands/texts/texts.ts';
import { ToldOnce } from '../commands/told-once.ts';
import { Typing } from '../commands/typing.ts';
import type { Conversations } from '../conversation/conversations.ts';
import type { Store } from '../conversation/store.ts';
import type { Logger } from '../models/logger.ts';
import { CapturedImages } from './capture/captured-images.ts';
import { ImageIndex } from './capture/image-index.ts';
import { messageSource } from './capture/message-source.ts';
import type { AnsweredMessages } from './catch-up/answered-messages.ts';
import { checkedFirst } from './catch-up/checked-first.ts';
import { KeptDrafts } from './catch-up/kept-drafts.ts';
import { MissedChanges } from './catch-up/missed-changes.ts';
import { type ConnectError, closedForGood, connect } from './connect.ts';
import { followCopies } from './copies/follow-copies.ts';
import { FollowedCopies } from './copies/followed-copies.ts';
import { KeptCopies } from './copies/kept-copies.ts';
import { followServers } from './follow-servers.ts';
import { forgetPlaces, toldInLog } from './forget-places.ts';
import { greetServer } from './greet-server.ts';
import { InFlight } from './in-flight.ts';
import { listen } from './listen.ts';
import type { Metrics } from './metrics/open-metrics.ts';
import type { OpenPreferences } from './preferences/open-preferences.ts';
import { PictureNotes } from './preferences/picture-notes.ts';
import { registerCommands } from './registration.ts';
import { watchConnection } from './watch-connection.ts';

export interface BotOptions {
  readonly token: string;
  readonly conversations: Conversations;
  readonly preferences: OpenPreferences;
  readonly answered: AnsweredMessages;
  /** For what the bot keeps of its own messages. */
  readonly store: Store;
  readonly log: Logger;
  readonly maxImageBytes: number;
  readonly fetchTimeoutMs: number;
  readonly intents?: readonly GatewayIntentBits[];
  /** Another server than Discord's, as the local one: `http://127.0.0.1:3000/api`. */
  readonly api?: string | undefined;
  /** Hosts (with their port) beside Discord's own that images are fetched from. */
  readonly imageHosts?: readonly string[];
  /** Slash commands are registered in this guild alone. */
  readonly developmentGuild?: string | undefined;
  /** When an answer that takes long shows before it is whole, and how often it is edited. */
  readonly draftTimes?: DraftTimes;
  /** How long `stop` waits for answers under way. */
  readonly drainMs?: number;
  /** Between two conversations, when it is looked for what was deleted meanwhile. */
  readonly lookPauseMs?: number;
  /** Where what happens is counted. */
  readonly metrics?: Pick<Metrics, 'onRefusal' | 'discord'> | undefined;
}

/** Who the bot is, once it is connected. */
export interface BotIdentity {
  readonly applicationId: string;
  readonly tag: string;
  readonly guilds: number;
}

export interface Bot {
  /**
   * Resolves when the bot is connected and its commands are registered.
   * @throws ConnectError
   */
  start(): Promise<BotIdentity>;
  /** Resolves when Discord has closed the connection for good, with what to do about it. */
  readonly closed: Promise<ConnectError>;
  /** Takes nothing new, waits for the answers under way, and leaves. */
  stop(): Promise<void>;
}

const botIntents: readonly GatewayIntentBits[] = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.MessageContent,
  GatewayIntentBits.DirectMessages,
];

const dayMs = 24 * 60 * 60 * 1000;
/** What is left to an answer that was cut off, to say so. */
const farewellMs = 2_000;

export function createBot(options: BotOptions): Bot {
  const { token, api, log, intents = botIntents, developmentGuild, drainMs = 15_000 } = options;
  const inFlight = new InFlight();
  const stopping = new AbortController();
  let client: Client | undefined;
  let sweeping: NodeJS.Timeout | undefined;
  let endWatch = () => {};
  let leave = async () => {};
  let tellClosed: (error: ConnectError) => void;

  return {
    closed: new Promise((resolve) => {
      tellClosed = resolve;
    }),

    async start() {
      const connected = await connect({
        token,
        api,
        intents,
        log,
        listen: (fresh) => {
          leave = attach(fresh, options, inFlight, stopping.signal);
        },
      });
      client = connected;
      const sweep = () => inFlight.add(options.preferences.retention.sweep());
      sweep();
      sweeping = setInterval(sweep, dayMs).unref();
      endWatch = watchConnection(connected, { log });
      void closedForGood(connected).then(tellClosed);
      await registerCommands(connected, {
        commands: [...commands, ...messageCommands].map(({ data }) => data),
        guildId: developmentGuild,
        log,
        signal: stopping.signal,
      });
      const identity = {
        applicationId: connected.application.id,
        tag: connected.user.tag,
        guilds: connected.guilds.cache.size,
      };
      log.info(identity, 'Connected to Discord');
      return identity;
    },

    async stop() {
      clearInterval(sweeping);
      endWatch();
      client?.removeAllListeners(Events.MessageCreate);
      client?.removeAllListeners(Events.InteractionCreate);
      client?.removeAllListeners(Events.ShardReady);
      const left = leave();
      if (!(await inFlight.settled(drainMs))) {
        stopping.abort(new UserError(saying('restarting')));
        await inFlight.settled(farewellMs);
      }
      await left;
      await client?.destroy();
    },
  };
}

/** @returns ends what nobody waits for */
function attach(
  client: Client,
  options: BotOptions,
  inFlight: InFlight,
  signal: AbortSignal,
): () => Promise<void> {
  const {
    conversations,
    preferences,
    answered,
    store,
    log,
    maxImageBytes,
    fetchTimeoutMs,
    imageHosts = [],
    lookPauseMs: pauseMs,
    metrics,
  } = options;
  metrics?.discord(client);
  const { forgetting, greetings, knownServers: known } = preferences;
  const missedChanges = new MissedChanges({
    client,
    conversations,
    seen: new PictureNotes(store),
    forgetting,
    log,
    ...(pauseMs !== undefined && { pauseMs }),
  });
  const index = new ImageIndex();
  const images = new CapturedImages({
    index,
    messages: messageSource(client, signal),
    limits: { maxBytes: maxImageBytes, timeoutMs: fetchTimeoutMs, extraHosts: imageHosts },
    consent: preferences.privacy,
  });
  const keptDrafts = new KeptDrafts(store, log);
  const quiet = new QuietWork(conversations.pace);
  const copies = new FollowedCopies({ client, kept: new KeptCopies(store), log, signal });
  const services: Services = {
    images,
    conversations: checkedFirst(conversations, (id) => missedChanges.before(id)),
    preferences,
    typing: new Typing(log),
    drafts: new Drafts(log, options.draftTimes, keptDrafts),
    copies,
    quiet,
    previews: new Previews(),
    refusals: new ToldOnce(),
    log,
    ...(metrics && { onRefusal: metrics.onRefusal }),
    signal,
  };
  followServers(client, {
    known,
    inFlight,
    log,
    greet: (guild) => greetServer(guild, { greetings, preferences, log, signal }),
    forget: async (guildId, channelIds) => {
      await toldInLog({ guildId }, forgetting.server(guildId, channelIds), log);
      await copies.forgetPlaces(channelIds, guildId);
    },
  });
  forgetPlaces(client, { forgetting, inFlight, log });
  followCopies(client, copies, inFlight);
  listen(client, { index, services, inFlight, answered, missedChanges, keptDrafts });
  return () => {
    quiet.close();
    copies.stop();
    return missedChanges.stop();
  };
}
