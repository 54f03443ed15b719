// Which person of the local Discord sits before this tab. Kept for the tab, so that two of them can be two people.

const key = 'person';

export class Seat {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage;
  }

  /** Undefined for the owner of the local Discord. */
  get personId(): string | undefined {
    return this.#storage.getItem(key) ?? undefined;
  }

  set personId(id: string) {
    this.#storage.setItem(key, id);
  }
}
