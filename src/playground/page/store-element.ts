// A component that draws from the store and redraws whenever it changes.
import { LitElement, type PropertyDeclarations } from 'lit';
import type { Store } from './store.ts';

export class StoreElement extends LitElement {
  static override properties: PropertyDeclarations = { store: { attribute: false } };

  declare store: Store;

  readonly #redraw = () => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    this.store.addEventListener('change', this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.store.removeEventListener('change', this.#redraw);
  }
}
