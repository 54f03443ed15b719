// Addresses under which the page shows files that are not on the server.

export class Previews {
  readonly #urls = new Map<File, string>();

  readonly of = (file: File): string => {
    const url = this.#urls.get(file) ?? URL.createObjectURL(file);
    this.#urls.set(file, url);
    return url;
  };

  /** Frees what the browser keeps for them. */
  forget(): void {
    for (const url of this.#urls.values()) URL.revokeObjectURL(url);
    this.#urls.clear();
  }
}
