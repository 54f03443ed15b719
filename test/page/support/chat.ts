// What a person does on the page, in their words.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';

const screenshots = fileURLToPath(new URL('../../../dist/screenshots/', import.meta.url));

const patienceMs = 10_000;

export class Chat {
  readonly page: Page;
  #read = 0;

  constructor(page: Page) {
    this.page = page;
  }

  get composer(): Locator {
    return this.page.locator('blip-composer textarea');
  }

  /** Without the one that a thread shows above them all because it began with it. */
  get messages(): Locator {
    return this.page.locator('blip-message-list blip-message[data-message]');
  }

  get newestPicture(): Locator {
    return this.messages.filter({ has: this.page.locator('blip-attachments img') }).last();
  }

  async postSample(name: string): Promise<void> {
    const before = await this.messages.count();
    await this.#scrollToTop();
    await this.page.getByRole('button', { name: `Post the sample picture: ${name}` }).click();
    await this.messages.nth(before).locator('img').last().waitFor();
    await this.page.locator('blip-pending-message').waitFor({ state: 'detached' });
  }

  /** By a gesture: what else scrolls, such as a click out of view, the list takes back while it is at its end. */
  async #scrollToTop(): Promise<void> {
    await this.page.locator('.scroller').evaluate((scroller) => {
      scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: -1 }));
      scroller.scrollTop = 0;
    });
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  async replyTo(message: Locator): Promise<void> {
    await message.hover();
    await message.getByRole('button', { name: /^Reply to/ }).click();
    await this.page.locator('blip-reply-bar').waitFor();
  }

  /** Waits for a message with this content below all that was read before. */
  async sees(content: string | RegExp): Promise<Locator> {
    const until = Date.now() + patienceMs;
    let at = -1;
    while (at < 0 && Date.now() < until) {
      at = (await this.#texts()).findIndex((text, index) => index >= this.#read && says(text, content));
      await this.page.waitForTimeout(50);
    }
    if (at < 0)
      throw new Error(`No message says ${content}; there are: ${(await this.#texts()).join(' | ')}`);
    this.#read = at + 1;
    return this.messages.nth(at);
  }

  /** Waits until the message that was seen last reads otherwise. */
  becomes(content: string | RegExp): Promise<Locator> {
    this.#read -= 1;
    return this.sees(content);
  }

  /** Takes all messages on show as read. */
  async readAll(): Promise<void> {
    this.#read = await this.messages.count();
  }

  /** Follows the link in the bot's private note to a new thread. */
  async openOfferedThread(): Promise<void> {
    const note = await this.sees(/^Let's talk about it in/);
    await note.locator('blip-markdown').getByRole('button').click();
    await this.page.getByText('Started by').waitFor();
    this.#read = 0;
  }

  /** What messages say, without the mark of those that were edited. */
  #texts(): Promise<(string | undefined)[]> {
    return this.messages.evaluateAll((all) =>
      all.map((one) => {
        const words = one.shadowRoot?.querySelector('blip-markdown')?.shadowRoot;
        const mark = words?.querySelector('.edited')?.textContent ?? '';
        return words?.textContent
          ?.trim()
          .slice(0, -mark.length || undefined)
          .trim();
      }),
    );
  }

  async keepScreenshot(name: string): Promise<string> {
    mkdirSync(screenshots, { recursive: true });
    const path = `${screenshots}${name}.png`;
    await this.page.screenshot({ path });
    return path;
  }
}

function says(text: string | undefined, content: string | RegExp): boolean {
  return typeof content === 'string' ? text === content : content.test(text ?? '');
}
