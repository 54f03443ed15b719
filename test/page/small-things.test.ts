// What nobody notices unless it is missing.
import type { Browser, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Discord } from '../../src/playground/discord.ts';
import { startLocalDiscord } from '../support/local-discord.ts';
import { isSkipped, openBrowser, visit, why } from './support/browser.ts';
import { Chat } from './support/chat.ts';
import { drop } from './support/drop.ts';
import { build, builtPage } from './support/program.ts';

describe.skipIf(isSkipped)(`the page in small things${why}`, { timeout: 60_000 }, () => {
  let browser: Browser;
  let page: Page;
  let chat: Chat;

  beforeAll(async () => {
    await build();
    browser = await openBrowser();
  }, 60_000);

  async function open(): Promise<Discord> {
    const { url, discord } = await startLocalDiscord({ pageFolder: builtPage });
    ({ page } = await visit(browser, url));
    chat = new Chat(page);
    onTestFinished(() => page.context().close());
    return discord;
  }

  afterAll(() => browser?.close());

  it('takes what is typed after a click into the chat, and a file that is dropped beside it', async () => {
    await open();
    await page.getByRole('heading', { name: /Welcome to/ }).click();
    await page.keyboard.type('look here');
    expect(await chat.composer.inputValue()).toBe('look here');
    await drop(page, { 'beside.png': new Uint8Array(9) }, 'blip-sidebar');
    await page.getByRole('button', { name: 'Remove beside.png' }).waitFor();
  });

  it('shows a picture that it cannot draw as a file, and a tiny one so that it can be seen', async () => {
    await open();
    const create = { width: 2, height: 1, channels: 3, background: 'red' } as const;
    const tiny = await sharp({ create }).png().toBuffer();
    await drop(page, { 'broken.png': Buffer.from('no picture'), 'tiny.png': tiny });
    await expect.poll(() => page.locator('blip-file-chips img').count()).toBe(1);
    await chat.composer.press('Enter');
    await chat.messages.last().getByRole('link', { name: 'broken.png' }).waitFor();
    const picture = chat.messages.last().getByAltText('tiny.png');
    expect(await chat.messages.last().locator('blip-attachments img').count()).toBe(1);
    await expect.poll(() => picture.boundingBox()).toMatchObject({ width: 64, height: 32 });
  });

  it('stays at the newest message while that changes its height', async () => {
    await open();
    await page.setViewportSize({ width: 1280, height: 500 });
    const create = { width: 400, height: 300, channels: 3, background: 'red' } as const;
    const large = await sharp({ create }).png().toBuffer();
    for (let number = 0; number < 3; number++) {
      await drop(page, { 'broken.png': Buffer.from('no picture'), 'large.png': large });
      await chat.composer.press('Enter');
      await chat.messages.nth(number).getByRole('link', { name: 'broken.png' }).waitFor();
    }
    expect(await page.getByRole('button', { name: /Jump to present/ }).count()).toBe(0);
  });

  it('says that a message was edited on the line that its words end on', async () => {
    const { me } = await open();
    for (const ending of ['and more', '-# and small print']) {
      me.edit(me.post(`first ${ending}`), `words\n${ending}`);
      const message = chat.messages.last();
      const mark = message.getByText('(edited)', { exact: true });
      const words = message.getByText(ending.replace('-# ', '')).last();
      // The list may be on its way to the newest message between one look and the other.
      await expect.poll(() => isBeside(mark, words), { timeout: 10_000 }).toBe(true);
      expect(await mark.count()).toBe(1);
    }
  });

  it('lays no notice over what is being written', async () => {
    await open();
    const names = Array.from({ length: 11 }, (_, index) => `${index}.png`);
    await drop(page, Object.fromEntries(names.map((name) => [name, new Uint8Array(9)])));
    const notice = await page.getByRole('alert').filter({ hasText: 'at most 10 files' }).boundingBox();
    const composer = await page.locator('blip-composer').boundingBox();
    expect(notice?.y).toBeGreaterThan(0);
    expect((notice?.y ?? 0) + (notice?.height ?? 0)).toBeLessThan(composer?.y ?? 0);
  });
});

/** Whether the middle of the one is between the other's upper and lower edge. */
async function isBeside(one: Locator, other: Locator): Promise<boolean> {
  const [mark, box] = [await one.boundingBox(), await other.boundingBox()];
  if (!mark || !box) return false;
  const middle = mark.y + mark.height / 2;
  return middle > box.y && middle < box.y + box.height;
}
