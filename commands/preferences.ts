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
}

export interface Preferences {
  readonly privacy: Privacy;
  readonly forgetting: Forgetting;
}
