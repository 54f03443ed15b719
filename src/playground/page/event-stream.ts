// The WebSocket of events, opened again whenever it breaks.
import type { PageEvent } from '../page-api.ts';

const firstDelayMs = 500;
const longestDelayMs = 5_000;

export interface EventStreamOptions {
  readonly onOpen: () => void;
  readonly onEvent: (event: PageEvent) => void;
  readonly onLost: () => void;
}

export class EventStream {
  readonly #options: EventStreamOptions;
  #delayMs = firstDelayMs;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: EventStreamOptions) {
    this.#options = options;
  }

  open(): void {
    clearTimeout(this.#timer);
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/page/events`);
    socket.addEventListener('open', () => {
      this.#delayMs = firstDelayMs;
      this.#options.onOpen();
    });
    socket.addEventListener('message', ({ data }) => this.#options.onEvent(JSON.parse(data) as PageEvent));
    socket.addEventListener('close', () => {
      this.#options.onLost();
      this.#timer = setTimeout(() => this.open(), this.#delayMs);
      this.#delayMs = Math.min(this.#delayMs * 2, longestDelayMs);
    });
  }
}
