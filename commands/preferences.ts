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

export interface Preferences {
  readonly privacy: Privacy;
}
