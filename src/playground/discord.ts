// The local Discord as a test or a benchmark holds it: be people in it, and rule over the bot's connection.
import { type APIMessage, ChannelType, type StickerFormatType } from 'discord.js';
import { refuse } from './errors.ts';
import type { Gateway } from './gateway/gateway.ts';
import { createPerson, type Person } from './person.ts';
import type { Fault, Faults } from './rest/faults.ts';
import { addEmoji, addSticker } from './state/assets.ts';
import { inviteBot, loseGuild, removeBot } from './state/bot-membership.ts';
import {
  channelFor,
  createForum,
  createTextChannel,
  createVoiceChannel,
  denyIn,
  updateChannel,
} from './state/channels.ts';
import { createMessage, type MessageDraft } from './state/messages.ts';
import { joinGuild, newUser } from './state/people.ts';
import { bitsOf, type PermissionName } from './state/permissions.ts';
import { presentMessage } from './state/present.ts';
import { addRole, giveRole, newRole, updateRole } from './state/roles.ts';
import { startPost, type ThreadDraft } from './state/threads.ts';
import { addWebPage, addWebPicture, type WebPage } from './state/web.ts';
import type { EventOf, PrivilegedIntents, World, WorldEvent, WorldEventType } from './state/world.ts';
import { waitForEvent } from './wait-for-event.ts';

export type { Person };

export interface Discord {
  readonly world: World;
  readonly guildId: string;
  /** The first text channel. */
  readonly channelId: string;
  readonly botId: string;
  /** Who sits before the page; owns the guild. */
  readonly me: Person;
  readonly gateway: Gateway;
  addPerson(name: string): Person;
  /** Returns its id. */
  addSticker(name: string, format: StickerFormatType, bytes: Uint8Array): string;
  /** Returns how it stands in a message; a GIF makes it an animated one. */
  addEmoji(name: string, bytes: Uint8Array): string;
  /** Puts a picture into the web, for links to lead to. */
  addWebPicture(address: string, bytes: Uint8Array): void;
  /** Puts a page with a picture into the web. */
  addWebPage(address: string, page: WebPage): void;
  /** Returns the new channel's id. @param ageRestricted as its settings have it */
  addChannel(name: string, ageRestricted?: boolean): string;
  /** Returns its id; people write in it as in a text channel. */
  addVoiceChannel(name: string): string;
  /** Returns its id; people post in it by `postIn`. */
  addForum(name: string): string;
  /** Opens a post in a forum; the message that begins it, whose id is the thread's. */
  postIn(forumId: string, person: Person, post: ThreadDraft & MessageDraft): APIMessage;
  /** Posts as a webhook of the channel does. */
  postByWebhook(channelId: string, message: MessageDraft): APIMessage;
  /** Returns the new role's id; people get it by `giveRole`. */
  addRole(name: string, permissions?: readonly PermissionName[]): string;
  giveRole(person: Person, roleId: string): void;
  /** What the bot may do in the whole guild, in place of what it may do now. */
  setBotPermissions(names: readonly PermissionName[]): void;
  /** Takes permissions from the bot in one channel. */
  denyBot(channelId: string, names: readonly PermissionName[]): void;
  /** Takes the bot out of the guild. */
  removeBot(): void;
  /** Brings it back as a newcomer. */
  inviteBot(): void;
  /** The guild is unavailable for a moment. */
  loseGuild(): void;
  /** The switches in the developer portal. */
  setPrivilegedIntents(intents: Partial<PrivilegedIntents>): void;
  /** The next matching requests of the bot fail. */
  fail(fault: Fault): void;
  /** The first event from now on that fits. */
  waitForEvent<Type extends WorldEventType>(
    type: Type,
    fits?: (event: EventOf<Type>) => boolean,
    timeoutMs?: number,
  ): Promise<EventOf<Type>>;
  /** Resolves once a bot is connected and identified. */
  botOnline(timeoutMs?: number): Promise<void>;
}

export function createDiscord(world: World, gateway: Gateway, faults: Faults): Discord {
  const discord: Discord = {
    world,
    guildId: world.guild.id,
    channelId: [...world.channels.keys()][0] ?? '',
    botId: world.bot.id,
    me: createPerson(world, world.me),
    gateway,
    addPerson(name) {
      const user = newUser(world.newId(), name.toLowerCase().replaceAll(/\W/g, '_'), name);
      joinGuild(world, user);
      return createPerson(world, user);
    },
    addSticker: (name, format, bytes) => addSticker(world, name, format, bytes),
    addEmoji: (name, bytes) => addEmoji(world, name, bytes),
    addWebPicture: (address, bytes) => addWebPicture(world, address, bytes),
    addWebPage: (address, page) => addWebPage(world, address, page),
    addChannel(name, ageRestricted = false) {
      const channel = createTextChannel(world, name);
      if (ageRestricted) updateChannel(world, { ...channel, nsfw: true });
      return channel.id;
    },
    addVoiceChannel: (name) => createVoiceChannel(world, name).id,
    addForum: (name) => createForum(world, name).id,
    postIn(forumId, { user }, post) {
      const forum = channelFor(world, user.id, forumId);
      if (forum.type !== ChannelType.GuildForum) throw refuse('wrongChannelType');
      return presentMessage(world, startPost(world, forum, user, post), {
        messageContent: true,
        userId: user.id,
      });
    },
    postByWebhook(channelId, message) {
      const webhookId = world.newId();
      const author = newUser(webhookId, 'Weather station', null, true);
      const channel = channelFor(world, world.me.id, channelId);
      const stored = createMessage(world, message, { channel, author, webhookId });
      return presentMessage(world, stored, { messageContent: true, userId: world.me.id });
    },
    addRole(name, permissions = []) {
      const role = newRole(world.newId(), name, bitsOf(permissions), { position: 1 });
      addRole(world, role);
      return role.id;
    },
    giveRole: (person, roleId) => giveRole(world, person.user.id, roleId),
    setBotPermissions(names) {
      for (const role of [...world.guild.roles.values()]) {
        if (role.id === world.guild.id) updateRole(world, { ...role, permissions: '0' });
        else if (role.managed) updateRole(world, { ...role, permissions: bitsOf(names).toString() });
      }
    },
    denyBot: (channelId, names) => denyIn(world, channelId, world.bot.id, bitsOf(names)),
    removeBot: () => removeBot(world),
    inviteBot: () => inviteBot(world),
    loseGuild: () => loseGuild(world),
    setPrivilegedIntents(intents) {
      world.privileged = { ...world.privileged, ...intents };
    },
    fail: faults.add,
    waitForEvent<Type extends WorldEventType>(
      type: Type,
      fits: (event: EventOf<Type>) => boolean = () => true,
      timeoutMs = 5_000,
    ) {
      const isType = (event: WorldEvent): event is WorldEvent & EventOf<Type> => event.type === type;
      return waitForEvent<EventOf<Type>>(
        world,
        (event) => (isType(event) && fits(event) ? event : undefined),
        timeoutMs,
        () => `No event "${type}" fits within ${timeoutMs} ms.`,
      );
    },
    async botOnline(timeoutMs = 5_000) {
      if (!gateway.online) await discord.waitForEvent('bot', ({ online }) => online, timeoutMs);
    },
  };
  return discord;
}
