// Somebody in the local Discord and what they can do: the page's visitor is one, tests make more.
import { type APIMessage, type APIUser, type Locale, MessageFlags } from 'discord.js';
import { refuse } from './errors.ts';
import { fileSize } from './file-size.ts';
import { stickerItem } from './state/assets.ts';
import type { Upload } from './state/attachments.ts';
import { type AvatarPlace, setAvatar } from './state/avatars.ts';
import { channelFor, directMessagesWith } from './state/channels.ts';
import type { OptionValues } from './state/command-options.ts';
import { createMessage, deleteMessage, editMessage, hasFlag } from './state/messages.ts';
import { canSee, may } from './state/permissions.ts';
import { presentMessage } from './state/present.ts';
import { demandSending } from './state/sending.ts';
import { completeOption, type Usage, useCommand, useOnMessage } from './state/use-command.ts';
import { chooseOptions, pressButton, submitForm } from './state/use-components.ts';
import { UseError } from './state/use-error.ts';
import { unfurlLinks, withoutPreviews } from './state/web.ts';
import type { Choice, StoredMessage, World } from './state/world.ts';
import { waitForEvent } from './wait-for-event.ts';

export interface PostOptions {
  /** The first text channel by default. */
  readonly channelId?: string | undefined;
  readonly content?: string | undefined;
  readonly files?: readonly Upload[] | undefined;
  /** The id of a sticker. */
  readonly sticker?: string | undefined;
  /** Shows nothing of what its links lead to. */
  readonly suppressEmbeds?: boolean | undefined;
  /** One of the same nonce is posted once. */
  readonly nonce?: string | undefined;
  readonly replyTo?: string | undefined;
  /** For a reply: whether it mentions whom it answers; on by default, as in Discord's own client. */
  readonly mentionAuthor?: boolean | undefined;
}

/** Where a message is. */
type Place = Pick<APIMessage, 'id' | 'channel_id'>;

export interface Person {
  readonly user: APIUser;
  /** Chooses the language of their Discord. */
  speak(locale: Locale): void;
  /** Shows another picture of themselves, or none. @throws UseError for a file that is no picture */
  setAvatar(bytes: Uint8Array | undefined, place?: AvatarPlace): void;
  post(message: string | PostOptions): APIMessage;
  /** Into another channel, or the same. */
  forward(message: Place, channelId?: string): APIMessage;
  /** @throws UseError */
  edit(message: Place, content: string): APIMessage;
  /** One's own, or with the permission to manage messages anybody's. */
  delete(message: Place): void;
  type(channelId?: string): void;
  /** Uses a slash command by its name or id, and its subcommand after a space. Returns the interaction's id. @throws UseError */
  run(command: string, options?: OptionValues, channelId?: string): string;
  /** Uses a command of a message's menu by its name or id. Returns the interaction's id. @throws UseError */
  runOn(message: Place, command: string): string;
  /** What the bot offers for an option after this was typed into it. @throws UseError */
  complete(command: string, option: string, typed: string, channelId?: string): Promise<readonly Choice[]>;
  /** Presses a button by its custom id. Returns the interaction's id. @throws UseError */
  press(message: Place, customId: string): string;
  /** Chooses in a menu by its custom id. Returns the interaction's id. @throws UseError */
  choose(message: Place, customId: string, values: readonly string[]): string;
  /** Sends the form that the bot opened for an interaction. Returns the new interaction's id. @throws UseError */
  submit(interactionId: string, values: Readonly<Record<string, string>>): string;
  /** The channel of direct messages with the bot. */
  directMessages(): string;
  /** What this person sees in a channel, oldest first, with the ephemeral messages that are theirs. */
  read(channelId?: string): APIMessage[];
  /** A message as this person sees it; undefined when they don't. */
  see(stored: StoredMessage): APIMessage | undefined;
  /** The first message, seen now or later (also by an edit), that fits; "thinking…" fits never. */
  waitFor(fits: (message: APIMessage) => boolean, timeoutMs?: number): Promise<APIMessage>;
}

export function createPerson(world: World, user: APIUser): Person {
  const firstChannel = () => [...world.channels.keys()][0] ?? '';
  const own = (message: Place): StoredMessage => {
    const stored = world.messages.get(message.channel_id)?.get(message.id);
    if (stored === undefined) throw refuse('unknownMessage');
    if (stored.message.author.id !== user.id) throw refuse('notYourMessage');
    return stored;
  };
  const ownOrManaged = (message: Place): StoredMessage => {
    const channel = world.channels.get(message.channel_id);
    const stored = world.messages.get(message.channel_id)?.get(message.id);
    if (!channel || !stored || !may(world, user.id, channel, 'ManageMessages')) return own(message);
    return stored;
  };
  const present = (stored: StoredMessage) =>
    presentMessage(world, stored, { messageContent: true, userId: user.id });

  const usage = (name: string, channelId = firstChannel()): Usage => {
    const channel = channelFor(world, user.id, channelId);
    const find = (wanted: string) =>
      world.commands.get(wanted) ?? [...world.commands.values()].find((one) => one.name === wanted);
    const whole = find(name);
    if (whole !== undefined) return { user, channel, command: whole };
    const [first = '', subcommand] = name.split(' ');
    const command = find(first);
    if (command === undefined || subcommand === undefined)
      throw new UseError(`There is no command /${name}.`);
    return { user, channel, command, subcommand };
  };

  const messageBefore = ({ id, channel_id: channelId }: Place) => {
    const channel = channelFor(world, user.id, channelId);
    const stored = world.messages.get(channelId)?.get(id);
    const seen = stored === undefined ? undefined : person.see(stored);
    if (seen === undefined) throw new UseError('This message is gone.');
    return { channel, seen };
  };

  const person: Person = {
    user,
    setAvatar: (bytes, place) => setAvatar(world, user.id, bytes, place),
    speak(locale) {
      world.locales.set(user.id, locale);
      world.announce({ type: 'locale', userId: user.id });
    },
    post(given) {
      const { channelId, content, files, sticker, suppressEmbeds, nonce, replyTo, mentionAuthor } =
        typeof given === 'string' ? { content: given } : given;
      const channel = channelFor(world, user.id, channelId ?? firstChannel());
      demandSending(world, user.id, channel);
      if (sticker === undefined) checkPost(world, content ?? '', files ?? []);
      const parse = ['users', 'roles', 'everyone'];
      const stored = createMessage(
        world,
        {
          content,
          files,
          stickers: sticker === undefined ? [] : [stickerItem(world, sticker)],
          ...(suppressEmbeds && { flags: MessageFlags.SuppressEmbeds }),
          nonce,
          enforce_nonce: true,
          allowed_mentions: { parse, replied_user: mentionAuthor ?? true },
        },
        {
          channel,
          author: user,
          mayMentionEveryone: may(world, user.id, channel, 'MentionEveryone'),
          ...(replyTo === undefined ? {} : { replyTo: { messageId: replyTo } }),
        },
      );
      unfurlLinks(world, stored);
      return present(stored);
    },
    forward(message, channelId = firstChannel()) {
      const forwarded = world.messages.get(message.channel_id)?.get(message.id);
      const isSeen = forwarded !== undefined && person.see(forwarded) !== undefined;
      if (!isSeen || forwarded.viewerId !== undefined) throw refuse('unknownMessage');
      const channel = channelFor(world, user.id, channelId);
      demandSending(world, user.id, channel);
      return present(createMessage(world, {}, { channel, author: user, forwarded }));
    },
    edit(message, content) {
      const stored = own(message);
      checkLength(world, content);
      const edited = editMessage(world, withoutPreviews(stored, content), { content });
      unfurlLinks(world, edited);
      return present(edited);
    },
    delete: (message) => deleteMessage(world, ownOrManaged(message)),
    type: (channelId = firstChannel()) => world.announce({ type: 'typing', channelId, user }),
    run: (name, options = {}, channelId) => useCommand(world, usage(name, channelId), options).id,
    runOn({ id, channel_id: channelId }, name) {
      const stored = world.messages.get(channelId)?.get(id);
      const isShown =
        stored !== undefined && stored.viewerId === undefined && person.see(stored) !== undefined;
      if (!isShown) throw new UseError('This message is gone.');
      const asBotSees = presentMessage(world, stored, { messageContent: true, userId: world.bot.id });
      return useOnMessage(world, usage(name, channelId), asBotSees).id;
    },
    async complete(name, option, typed, channelId) {
      const { id } = completeOption(world, usage(name, channelId), option, typed);
      return waitForEvent(
        world,
        (event) => (event.type === 'choices' && event.interaction.id === id ? event.choices : undefined),
        world.limits.acknowledgeMs,
        () => `The bot offered nothing for "${typed}".`,
      );
    },
    submit(interactionId, values) {
      const opener = [...world.interactions.values()].find(({ id }) => id === interactionId);
      if (opener?.user.id !== user.id) throw new UseError('There is no form to send.');
      return submitForm(world, opener, values).id;
    },
    press(message, customId) {
      const { channel, seen } = messageBefore(message);
      return pressButton(world, user, channel, seen, customId).id;
    },
    choose(message, customId, values) {
      const { channel, seen } = messageBefore(message);
      return chooseOptions(world, user, channel, seen, { customId, values }).id;
    },
    directMessages: () => directMessagesWith(world, user.id).id,
    read(channelId = firstChannel()) {
      const channel = channelFor(world, user.id, channelId);
      const messages = world.messages.get(channel.id)?.values() ?? [];
      return [...messages].flatMap((stored) => person.see(stored) ?? []);
    },
    see(stored) {
      const channel = world.channels.get(stored.message.channel_id);
      const isHidden = stored.viewerId !== undefined && stored.viewerId !== user.id;
      return channel === undefined || isHidden || !canSee(world, user.id, channel)
        ? undefined
        : present(stored);
    },
    waitFor(fits, timeoutMs = 5_000) {
      const accept = (stored: StoredMessage) => {
        const seen = person.see(stored);
        return seen !== undefined && !hasFlag(seen, MessageFlags.Loading) && fits(seen) ? seen : undefined;
      };
      for (const messages of world.messages.values()) {
        for (const stored of messages.values()) {
          const seen = accept(stored);
          if (seen !== undefined) return Promise.resolve(seen);
        }
      }
      return waitForEvent(
        world,
        (event) =>
          event.type === 'messageCreate' || event.type === 'messageUpdate' ? accept(event.stored) : undefined,
        timeoutMs,
        () => `No message fits within ${timeoutMs} ms. ${user.username} sees:\n${transcript(world, person)}`,
      );
    },
  };
  return person;
}

function checkPost(world: World, content: string, files: readonly Upload[]): void {
  const { limits } = world;
  if (content.trim() === '' && files.length === 0) throw new UseError('Write something or add a picture.');
  checkLength(world, content);
  if (files.length > limits.uploadFiles) {
    throw new UseError(`A message takes at most ${limits.uploadFiles} files, these are ${files.length}.`);
  }
  const tooBig = files.find(({ bytes }) => bytes.byteLength > limits.uploadBytes);
  if (tooBig !== undefined) {
    throw new UseError(
      `${tooBig.name} has ${fileSize(tooBig.bytes.byteLength)}; Discord takes at most ${fileSize(limits.uploadBytes)}. Choose a smaller file.`,
    );
  }
}

function checkLength({ limits }: World, content: string): void {
  const { messageCharacters: most } = limits;
  if (content.length <= most) return;
  throw new UseError(`Your message has ${content.length} characters; Discord takes at most ${most}.`);
}

function transcript(world: World, person: Person): string {
  return [...world.messages.values()]
    .flatMap((messages) => [...messages.values()])
    .flatMap((stored) => person.see(stored) ?? [])
    .map(({ author, content, channel_id }) => `  ${channel_id} ${author.username}: ${content}`)
    .join('\n');
}
