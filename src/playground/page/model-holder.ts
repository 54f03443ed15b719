// Holds the page's model, tells listeners of every change, and guards requests: their refusals become notices, and
// events that overtake their answers are not lost.
import type { PageEvent } from '../page-api.ts';
import { applyAgain, applyEvent } from './apply-event.ts';
import { RequestError } from './client.ts';
import { emptyModel, type Model } from './model.ts';

const toastMs = 6_000;

export class ModelHolder extends EventTarget {
  #model: Model = emptyModel;
  #nextKey = 1;
  /** For each fetch under way, the events that came since it began. */
  readonly #meanwhile = new Set<PageEvent[]>();

  get model(): Model {
    return this.#model;
  }

  /** A number that no other thing on the page has. */
  newKey(): number {
    return this.#nextKey++;
  }

  set(change: Partial<Model>): void {
    this.#model = { ...this.#model, ...change };
    this.dispatchEvent(new Event('change'));
  }

  apply(event: PageEvent): void {
    for (const events of this.#meanwhile) events.push(event);
    this.set(applyEvent(this.#model, event, Date.now()));
  }

  /** Takes what was fetched into the model, and upon it the events that came meanwhile. */
  async fetching<Answer>(
    request: Promise<Answer>,
    change: (answer: Answer) => Partial<Model>,
  ): Promise<void> {
    const events: PageEvent[] = [];
    this.#meanwhile.add(events);
    try {
      const answer = await request;
      const fetched = { ...this.#model, ...change(answer) };
      this.set(events.reduce((model, event) => applyAgain(model, event, Date.now()), fetched));
    } finally {
      this.#meanwhile.delete(events);
    }
  }

  /** Runs a request and shows its refusal as a toast. @returns whether it succeeded */
  async reporting(request: () => Promise<void>): Promise<boolean> {
    try {
      await request();
      return true;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.toast(error.message);
      return false;
    }
  }

  toast(text: string): void {
    const toast = { key: this.newKey(), text };
    this.set({ toasts: [...this.#model.toasts, toast] });
    setTimeout(() => this.dismissToast(toast.key), toastMs);
  }

  dismissToast(key: number): void {
    this.set({ toasts: this.#model.toasts.filter((toast) => toast.key !== key) });
  }
}
