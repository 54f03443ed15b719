// Which private answers the person has taken off the page. Kept for the tab, since the server hands them out again
// when the page is loaded anew.

const key = 'dismissed-messages';

export class Dismissed {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly #ids: Set<string>;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage;
    this.#ids = new Set(storage.getItem(key)?.split(' '));
  }

  has(messageId: string): boolean {
    return this.#ids.has(messageId);
  }

  add(messageId: string): void {
    this.#ids.add(messageId);
    this.#storage.setItem(key, [...this.#ids].join(' '));
  }
}
