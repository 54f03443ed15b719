// The WebSocket of events, opened again whenever it breaks.
import type { PageEvent } from '../page-api.ts';

const firstDelayMs = 500;
const longestDelayMs = 3_000;

export interface EventStreamOptions {
  /** Who listens; undefined for the owner of the local Discord. */
  readonly personId: () => string | undefined;
  readonly onOpen: () => void;
  readonly onEvent: (event: PageEvent) => void;
  readonly onLost: () => void;
}

export class EventStream {
  readonly #options: EventStreamOptions;
  #delayMs = firstDelayMs;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Silences and closes the socket before the present one. */
  #leaving = new AbortController();

  constructor(options: EventStreamOptions) {
    this.#options = options;
  }

  /** Connects; a connection that is there or under way gives way to the new one. */
  open(): void {
    clearTimeout(this.#timer);
    this.#leaving.abort();
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    const personId = this.#options.personId();
    const query = personId === undefined ? '' : `?as=${personId}`;
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/page/events${query}`);
    signal.addEventListener('abort', () => socket.close());
    socket.addEventListener('open', () => this.#opened(), { signal });
    socket.addEventListener('message', ({ data }) => this.#options.onEvent(JSON.parse(data)), { signal });
    socket.addEventListener('close', () => this.#lost(), { signal });
  }

  #opened(): void {
    this.#delayMs = firstDelayMs;
    this.#options.onOpen();
  }

  #lost(): void {
    this.#options.onLost();
    this.#timer = setTimeout(() => this.open(), this.#delayMs);
    this.#delayMs = Math.min(this.#delayMs * 2, longestDelayMs);
  }
}
