// What a person writes, posts and runs on the page, and what becomes of it.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { isSkipped, why } from './support/browser.ts';
import type { Chat } from './support/chat.ts';
import { drop } from './support/drop.ts';
import { aPageForEach } from './support/seat.ts';

const strawberry = readFileSync(new URL('../goldens/emoji/scene6.png', import.meta.url));

describe.skipIf(isSkipped)(`composing on the page${why}`, { timeout: 60_000 }, () => {
  const seat = aPageForEach();
  let page: Page;
  let chat: Chat;
  beforeEach(() => {
    ({ page, chat } = seat);
  });

  it('takes pictures by drag and drop, as chips that can be taken off again', async () => {
    await drop(page, { 'one.png': strawberry, 'two.png': strawberry });
    await page.getByText('blipcord looks at the first picture of a message.').waitFor();
    await page.getByRole('button', { name: 'Remove one.png' }).click();
    await page.getByText('two.png').waitFor();
    await chat.keepScreenshot('chips');
    await chat.say('@blipcord What fruit is in the picture?');
    await chat.sees('a strawberry');
    const pictures = await chat.newestPicture
      .locator('img')
      .evaluateAll((images) => images.map((image) => image.getAttribute('alt')));
    expect(pictures.filter(Boolean)).toContain('two.png');
    expect(pictures).not.toContain('one.png');
    await page.getByRole('button', { name: 'Enlarge the picture two.png' }).click();
    await page.getByRole('link', { name: 'Open in browser' }).waitFor();
    await chat.keepScreenshot('lightbox');
  });

  it('covers a picture that is marked as a spoiler, until somebody looks', async () => {
    await drop(page, { 'one.png': strawberry });
    const mark = page.getByRole('button', { name: 'Spoiler: one.png' });
    await mark.click();
    expect(await mark.getAttribute('aria-pressed')).toBe('true');
    await mark.click();
    expect(await mark.getAttribute('aria-pressed')).toBe('false');
    await mark.click();
    await chat.say('@blipcord What fruit is in the picture?');
    await chat.sees('a strawberry');
    await chat.keepScreenshot('spoiler');
    const enlarge = page.getByRole('button', { name: 'Enlarge the picture SPOILER_one.png' });
    expect(await enlarge.count()).toBe(0);
    await page.getByRole('button', { name: 'Show the spoiler' }).click();
    await enlarge.waitFor();
  });

  it('gives a picture to the option of a command that takes one', async () => {
    await chat.composer.pressSequentially('/caption ');
    await drop(page, { 'mine.png': strawberry });
    await page.getByRole('button', { name: 'image: mine.png' }).waitFor();
    await page.getByRole('button', { name: 'Run /caption' }).click();
    const answer = await chat.sees('a strawberry and a star on a white background');
    await answer.getByAltText('a strawberry and a star on a white background').waitFor();
  });

  it('leaves a reply by Esc and lets the person choose whether it mentions', async () => {
    await chat.postSample('Rocket');
    await chat.say('@blipcord What is this?');
    const answer = await chat.sees('a rocket');
    await chat.replyTo(answer);
    const mentions = page.getByRole('switch', { name: 'Mention blipcord' });
    expect(await mentions.textContent()).toContain('ON');
    await mentions.click();
    expect(await mentions.textContent()).toContain('OFF');
    await chat.composer.press('Escape');
    expect(await page.locator('blip-reply-bar').count()).toBe(0);
  });

  it('shows what people write as text, whatever it is', async () => {
    const hostile = '<img src=x onerror="document.title=1"> **bold** [x](javascript:alert(1))';
    await chat.say(hostile);
    const message = await chat.sees('<img src=x onerror="document.title=1"> bold [x](javascript:alert(1))');
    expect(await message.locator('strong').textContent()).toBe('bold');
    expect(await message.locator('a').count()).toBe(0);
  });

  it('keeps a message that was refused, says why, and sends it when told to', async () => {
    seat.mayComplain(); // the browser logs the status
    const posting = /\/page\/channels\/\d+\/messages/;
    await page.route(posting, (route) =>
      route.fulfill({ status: 400, json: { message: 'This file is too big.' } }),
    );
    await drop(page, { 'kept.png': strawberry });
    await chat.say('keep me');
    await page.getByRole('alert').getByText('This file is too big.').waitFor();
    await chat.keepScreenshot('not-sent');
    await page.unroute(posting);
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByRole('alert').waitFor({ state: 'hidden' });
    const sent = await chat.sees('keep me');
    await sent.getByAltText('kept.png').waitFor();
  });
});
