import { html, LitElement } from 'lit';
export class App extends LitElement {
  override render() {
    return html`hello`;
  }
}
customElements.define('blip-app', App);
