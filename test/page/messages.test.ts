// What else messages carry, and what is done to them, before a person's eyes.
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { isSkipped, why } from './support/browser.ts';
import type { Chat } from './support/chat.ts';
import { onePageForAll } from './support/seat.ts';

describe.skipIf(isSkipped)(`messages on the page${why}`, { timeout: 60_000 }, () => {
  const seat = onePageForAll();
  let page: Page;
  let chat: Chat;
  beforeAll(() => {
    ({ page, chat } = seat);
  });

  const drawn = (image: Locator) =>
    expect.poll(() => image.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);

  /** A message that was just sent may be drawn anew meanwhile. */
  const heightOf = (image: Locator) => expect.poll(async () => (await image.boundingBox())?.height);

  async function choose(message: Locator, item: string): Promise<void> {
    await message.hover({ position: { x: 20, y: 5 } });
    await message.getByRole('button', { name: /^More/ }).click();
    await page.getByRole('menuitem', { name: item }).click();
  }

  async function sendSticker(name: string): Promise<Locator> {
    const count = await chat.messages.count();
    await page.getByRole('button', { name: 'Emoji and stickers' }).click();
    await page.getByRole('button', { name: `Send the sticker ${name}` }).click();
    const message = chat.messages.nth(count);
    await message.getByRole('img', { name: `Sticker: ${name}` }).waitFor();
    await page.locator('blip-pending-message').waitFor({ state: 'detached' });
    return message;
  }

  it('sends stickers, of which the bot says what they show', async () => {
    for (const name of ['Penguin', 'Lift-off', 'Flutter']) {
      const sent = await sendSticker(name);
      await drawn(sent.getByRole('img', { name: `Sticker: ${name}` }));
    }
    await chat.keepScreenshot('stickers');
    await choose(chat.messages.nth(0), 'Caption image');
    await chat.sees(/penguin/);
    const lottie = await sendSticker('Bounce');
    await chat.replyTo(lottie);
    await chat.composer.fill('@blipcord What is this?');
    await chat.composer.press('Enter');
    await chat.sees(/Lottie/);
  });

  it('writes with emoji of the server, large where they stand alone', async () => {
    await page.getByRole('button', { name: 'Emoji and stickers' }).click();
    await chat.keepScreenshot('expression-picker');
    await page.getByRole('button', { name: 'Emoji bee_dance' }).click();
    await chat.composer.press('Enter');
    const alone = chat.messages.getByRole('img', { name: ':bee_dance:' }).last();
    await drawn(alone);
    await heightOf(alone).toBe(48);
    await chat.say('@blipcord What is :pizza_time:?');
    const asked = chat.messages.getByRole('img', { name: ':pizza_time:' }).first();
    await drawn(asked);
    await heightOf(asked).toBeLessThan(24);
    await chat.sees(/pizza/);
  });

  it('shows the picture that a link leads to, and the bot looks at it', async () => {
    await chat.composer.fill('@blipcord What is this?');
    await page.getByRole('button', { name: 'Add a picture' }).click();
    await page.getByRole('button', { name: 'Link to a picture' }).click();
    await chat.composer.press('Enter');
    await drawn(page.locator('blip-embeds img').last());
    await chat.sees('a rocket');
    await chat.keepScreenshot('link-preview');
  });

  it('covers the picture that a link within bars leads to, until somebody looks', async () => {
    await page.getByRole('button', { name: 'Add a picture' }).click();
    await page.getByRole('button', { name: 'Link to a picture' }).click();
    await chat.composer.fill(`||${await chat.composer.inputValue()} ||`);
    await chat.composer.press('Enter');
    const cover = page.locator('blip-embeds').last().getByRole('button', { name: 'Show the spoiler' });
    await cover.click();
    await page
      .locator('blip-embeds')
      .last()
      .getByRole('button', { name: /^Enlarge the picture/ })
      .waitFor();
    expect(await cover.count()).toBe(0);
  });

  it('forwards a message to another channel, and to the bot, who captions it', async () => {
    await chat.postSample('Penguin');
    await choose(chat.newestPicture, 'Forward');
    await page.getByRole('dialog', { name: 'Forward to' }).waitFor();
    await chat.keepScreenshot('forward-to');
    await page.getByRole('dialog').getByRole('button', { name: 'playground' }).click();
    const forwarded = page.locator('blip-forwarded');
    await forwarded.getByText('Forwarded').waitFor();
    await drawn(forwarded.locator('img'));
    await chat.keepScreenshot('forwarded');
    await forwarded.getByRole('button', { name: /pictures/ }).click();
    await choose(chat.newestPicture, 'Forward');
    await page.getByRole('dialog').getByRole('button', { name: 'blipcord' }).click();
    await page.getByText('No mention is needed here.').waitFor();
    await page.getByText(/a penguin/).waitFor();
    await page.getByRole('button', { name: 'pictures' }).first().click();
    await page.getByText('Welcome to #pictures!').waitFor();
  });

  it('edits a question, which is answered anew, and deletes it', async () => {
    await chat.postSample('Rocket');
    await chat.readAll();
    await chat.say('@blipcord Is there a car?');
    await chat.sees('no');
    await chat.composer.press('ArrowUp');
    const field = page.getByLabel('Change the message');
    expect(await field.inputValue()).toBe('@blipcord Is there a car?');
    await chat.keepScreenshot('editing');
    await field.press('Escape');
    const unlessReply = { hasNot: page.locator('blip-reply-frame') };
    const question = chat.messages.filter({ ...unlessReply, hasText: 'Is there a car?' }).last();
    await choose(question, 'Edit');
    await field.fill('@blipcord What color is the background?');
    await field.press('Enter');
    await chat.messages.last().getByText('red', { exact: true }).waitFor();
    const edited = chat.messages.filter({ ...unlessReply, hasText: 'What color is the background?' }).last();
    await edited.getByText('(edited)').waitFor();
    await choose(edited, 'Delete');
    await chat.keepScreenshot('delete');
    await page.getByRole('button', { name: 'Delete', exact: true }).last().click();
    await edited.getByText('What color is the background?').first().waitFor({ state: 'detached' });
  });
});
