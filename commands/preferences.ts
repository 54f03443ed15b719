// What people and servers decide about the bot, as commands see it.

/** What is kept about one person. */
export interface KeptAboutPerson {
  /** Of theirs, in which what the model saw is kept. */
  readonly pictures: number;
  /** Questions with their answers about pictures of theirs, whoever asked. */
  readonly turnsAboutPictures: number;
  /** Questions that they asked, with the answers. */
  readonly turnsAsked: number;
}

export interface Privacy {
  /** Whether a person's pictures are to be left alone. */
  hasOptedOut(personId: string): boolean;
  /** From now on their pictures are neither fetched nor kept; what was kept of them is removed. */
  optOut(personId: string): Promise<void>;
  optIn(personId: string): Promise<void>;
  keptAbout(personId: string): Promise<KeptAboutPerson>;
}

export interface Forgotten {
  /** In which something was. */
  readonly conversations: number;
  /** With their answers. */
  readonly questions: number;
  readonly pictures: number;
}

/**
 * Answers under way are waited for and forgotten, too. What the model saw in a picture goes unless some talk that stays
 * is about it.
 */
export interface Forgetting {
  conversation(conversationId: string): Promise<Forgotten>;
  /**
   * What a person asked and posted.
   * @param guildId in that server and in direct messages; without one, everywhere
   * @param channelIds those of the server, as far as they are known
   */
  person(personId: string, guildId?: string, channelIds?: ReadonlySet<string>): Promise<Forgotten>;
  server(guildId: string, channelIds: ReadonlySet<string>): Promise<Forgotten>;
  /** All that was said in them, and in the threads of theirs. */
  channels(channelIds: ReadonlySet<string>): Promise<Forgotten>;
  /** What messages that are gone had a part in, as Conversations.forgetMessages does, and what was seen in their pictures. */
  messages(messageIds: readonly string[]): Promise<void>;
  /** The same for pictures that were taken off a message. @param left as in Conversations.forgetFiles */
  files(messageId: string, left: ReadonlySet<string>): Promise<void>;
}

/** What is done where nobody may be asked: nothing at all, an answer to whoever asks, or something for each picture. */
export type Mode = 'off' | 'asked' | 'caption' | 'thread';
/** Age-restricted channels: as all others, the only ones, or none of them. */
export type NsfwRule = 'anywhere' | 'only' | 'never';

/** Empty lists together: everybody. */
export interface Audience {
  readonly roles: readonly string[];
  readonly people: readonly string[];
}

export interface ServerSettings {
  readonly mode: Mode;
  readonly audience: Audience;
  readonly nsfw: NsfwRule;
  /** A locale of Discord's such as `de`; `own`: the one that the server has in Discord. */
  readonly language: string;
  /** After so many days what was said on the server is removed; 0: never. */
  readonly retentionDays: number;
  /** Answers an hour; 0: as many as are asked for. */
  readonly hourlyAPerson: number;
  readonly hourlyAServer: number;
}

export const defaultSettings: ServerSettings = {
  mode: 'asked',
  audience: { roles: [], people: [] },
  nsfw: 'anywhere',
  language: 'own',
  retentionDays: 0,
  hourlyAPerson: 0,
  hourlyAServer: 0,
};

export interface Place {
  readonly guildId: string;
  /** The channel, and for a thread the one that it is in. */
  readonly channelIds: readonly string[];
}

/** A setting as it holds in one place. */
export interface InForce<Value> {
  readonly value: Value;
  /** The channel that it was decided for, or where else it comes from. */
  readonly from: 'default' | 'server' | { readonly channelId: string };
}

export type SettingsInForce = {
  readonly [Name in keyof ServerSettings]: InForce<ServerSettings[Name]>;
};

/** Undefined takes a decision back. */
export type Decisions = { readonly [Name in keyof ServerSettings]?: ServerSettings[Name] | undefined };

export interface Settings {
  /** A channel's own, else the server's, else the default. */
  inForce(place: Place): SettingsInForce;
  decide(guildId: string, channelId: string | undefined, decisions: Decisions): Promise<void>;
}

export interface Quotas {
  /**
   * Counts an answer that is about to be given.
   * @returns takes the count back, as for an answer that failed
   * @throws UserError that says when the next one is free
   */
  take(place: Place, personId: string): () => void;
}

export interface Languages {
  /** The locale that a person's Discord had when they last used a command or a button; undefined where none is kept. */
  lastOf(personId: string): Promise<string | undefined>;
  see(personId: string, locale: string): Promise<void>;
  /** Whether a person was never told that the model speaks English; from now on they were. */
  isNewTo(personId: string): Promise<boolean>;
  forget(personId: string): Promise<void>;
}

/** Who decided what happens to pictures that nobody asked about. */
export interface Keepers {
  /** @param channelId for which it was decided; undefined: for the server */
  note(guildId: string, channelId: string | undefined, personId: string): Promise<void>;
  /**
   * Whom to tell that it can't be done in a channel. Asked again, undefined: they know.
   * @param from where the decision in force comes from
   */
  toTell(guildId: string, from: InForce<unknown>['from'], channelId: string): Promise<string | undefined>;
}

export interface Preferences {
  readonly languages: Languages;
  readonly privacy: Privacy;
  readonly settings: Settings;
  readonly quotas: Quotas;
  readonly keepers: Keepers;
  readonly retention: {
    /** Removes now what servers let the bot keep no longer. Never rejects. */
    sweep(): Promise<void>;
  };
  readonly forgetting: Forgetting;
}
