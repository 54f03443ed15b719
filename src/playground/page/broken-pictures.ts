// Remembers which pictures the browser could not draw, so that a component shows something else in their place.
import type { ReactiveControllerHost } from 'lit';

export class BrokenPictures {
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>;
  readonly #addresses = new Set<string>();

  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'>) {
    this.#host = host;
  }

  has(address: string): boolean {
    return this.#addresses.has(address);
  }

  /** For the `error` event of an image. */
  readonly note = ({ currentTarget }: Event): void => {
    this.#addresses.add((currentTarget as Element).getAttribute('src') ?? '');
    this.#host.requestUpdate();
  };
}
