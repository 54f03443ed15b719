// The ways to ask, before a person's eyes: the real program, the embedded model, and Chromium.
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { isSkipped, why } from './support/browser.ts';
import type { Chat } from './support/chat.ts';
import { aPageForEach } from './support/seat.ts';

describe.skipIf(isSkipped)(`the page${why}`, { timeout: 60_000 }, () => {
  const seat = aPageForEach();
  let page: Page;
  let chat: Chat;
  beforeEach(() => {
    ({ page, chat } = seat);
  });

  it('invites to post a sample, and /caption says what it shows', async () => {
    expect(await page.title()).toBe('#pictures | blipcord playground');
    await page.locator('blip-welcome').getByText('nothing but pictures made of emoji').waitFor();
    await chat.keepScreenshot('welcome');
    const before = await chat.messages.count();
    await page.getByRole('button', { name: 'Post the sample picture: Rocket' }).dblclick();
    await chat.messages.nth(before).locator('blip-attachments img').waitFor();
    await chat.composer.pressSequentially('/cap');
    await page.getByRole('option', { name: /caption/ }).waitFor();
    await chat.keepScreenshot('command-picker');
    await chat.composer.press('Enter');
    await page.keyboard.press('Enter');
    const answer = await chat.sees('a rocket on a red background');
    expect(await chat.messages.count()).toBe(before + 2);
    expect(await answer.ariaSnapshot()).toMatch(/You used[\s\S]*caption/);
    await chat.keepScreenshot('caption');
  });

  it('answers a question asked by replying to a picture', async () => {
    await chat.postSample('Penguin');
    await chat.composer.fill('What animal');
    await chat.replyTo(chat.newestPicture);
    expect(await chat.composer.inputValue()).toBe('@blipcord What animal');
    await chat.keepScreenshot('reply');
    await page.getByRole('button', { name: 'What animal is in the picture?' }).click();
    await page.keyboard.press('Enter');
    const answer = await chat.sees('a penguin');
    await answer.getByRole('button', { name: 'Replying to You. Jump to that message.' }).click();
    await page.locator('blip-message[flash]').filter({ hasText: 'What animal is in the picture?' }).waitFor();
    await chat.replyTo(answer);
    await chat.say('Is there a penguin?');
    await chat.sees('yes');
    await chat.keepScreenshot('answers');
  });

  it('opens a thread by the button under an answer and answers three questions in it', async () => {
    await chat.postSample('Rocket');
    await chat.replyTo(chat.newestPicture);
    await page.keyboard.type('What is this?');
    await page.keyboard.press('Enter');
    const answer = await chat.sees('a rocket');
    await answer.getByRole('button', { name: 'thread' }).click();
    await page.getByText('Only you can see this').last().waitFor();
    await chat.keepScreenshot('thread-offered');
    await chat.openOfferedThread();
    await chat.say('What is this?');
    await chat.sees('a rocket');
    await chat.say('What color is the background?');
    await chat.sees('red');
    await chat.say('Is there a car?');
    await chat.sees('no');
    await chat.keepScreenshot('thread');
    await page.getByRole('button', { name: '#pictures' }).click();
    await page.getByRole('button', { name: /7 messages ›/ }).waitFor();
    await chat.keepScreenshot('thread-card');
  });

  it('opens a thread by /chat as well', async () => {
    await chat.postSample('Pizza');
    await chat.composer.pressSequentially('/chat ');
    await page.getByRole('button', { name: 'Run /chat' }).click();
    await chat.openOfferedThread();
    await chat.say('What food is in the picture?');
    await chat.sees('a pizza');
  });

  it('shows a private caption to its asker alone, until it is dismissed', async () => {
    await chat.postSample('Rocket');
    await chat.composer.pressSequentially('/caption ');
    await page.getByRole('button', { name: 'Add the option private' }).click();
    await chat.keepScreenshot('command-options');
    await page.getByRole('button', { name: 'Run /caption' }).click();
    const answer = await chat.sees('a rocket on a red background');
    await answer.getByText('Only you can see this').waitFor();
    await chat.keepScreenshot('private');
    const count = await chat.messages.count();
    await answer.getByRole('button', { name: 'Dismiss message' }).click();
    await expect.poll(() => chat.messages.count()).toBe(count - 1);
    await page.reload();
    await chat.messages.last().waitFor();
    expect(await chat.messages.count()).toBe(count - 1);
  });

  it('can be used by the keyboard alone', async () => {
    await chat.postSample('Rocket');
    await expect.poll(() => chat.composer.evaluate((field) => field.matches(':focus'))).toBe(true);
    await page.keyboard.press('Shift+Tab'); // the + button
    await page.keyboard.press('Shift+Tab'); // the menu of the newest message
    await page.keyboard.press('Shift+Tab'); // its Reply
    await page.keyboard.press('Enter');
    await page.locator('blip-reply-bar').waitFor();
    await page.keyboard.type('What is this?');
    await page.keyboard.press('Enter');
    await chat.sees('a rocket');
    await page.keyboard.type('/cap');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await chat.sees('a rocket on a red background');
  });
});
