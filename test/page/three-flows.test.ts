// The page before a person's eyes: the real program, the embedded model, and Chromium.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isSkipped, openBrowser, phone, type Visit, visit, why } from './support/browser.ts';
import { Chat } from './support/chat.ts';
import { drop } from './support/drop.ts';
import { buildPage, type Program, startProgram } from './support/program.ts';

const strawberry = readFileSync(new URL('../goldens/emoji/scene6.png', import.meta.url));

describe.skipIf(isSkipped)(`the page${why}`, { timeout: 60_000 }, () => {
  let browser: Browser;
  let program: Program;
  let seen: Visit;
  let page: Page;
  let chat: Chat;

  beforeAll(async () => {
    await buildPage();
    [browser, program] = await Promise.all([openBrowser(), startProgram()]);
  }, 60_000);

  beforeEach(async ({ onTestFinished }) => {
    seen = await visit(browser, program.url);
    page = seen.page;
    chat = new Chat(page);
    await chat.readAll();
    onTestFinished(async () => {
      await page.context().close();
      expect(seen.complaints).toEqual([]);
    });
  });

  afterAll(async () => {
    await browser?.close();
    await program?.stop();
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

  it('gives a picture to the option of a command that takes one', async () => {
    await chat.composer.pressSequentially('/caption ');
    await drop(page, { 'mine.png': strawberry });
    await page.getByRole('button', { name: 'image: mine.png' }).waitFor();
    await page.getByRole('button', { name: 'Run /caption' }).click();
    const answer = await chat.sees('a strawberry and a star on a white background');
    await answer.getByAltText('a strawberry and a star on a white background').waitFor();
  });

  it('fits small screens: a command with all its options, and the member list, both left at a touch', async () => {
    for (const width of [768, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await chat.composer.pressSequentially('/caption ');
      for (const option of ['image', 'prompt', 'private'])
        await page.getByRole('button', { name: `Add the option ${option}` }).click();
      await page.getByPlaceholder('How the caption begins').fill('this is a picture of '.repeat(10));
      await chat.keepScreenshot(`command-${width}`);
      const form = page.locator('blip-command-form');
      expect(await form.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
      await page.getByRole('button', { name: 'Cancel /caption' }).click();
      await chat.composer.waitFor();
      const members = page.getByRole('button', { name: 'Member list', exact: true });
      const list = page.locator('blip-member-list');
      await members.click();
      await list.waitFor();
      await members.click();
      await list.waitFor({ state: 'detached' });
      await members.click();
      await page.keyboard.press('Escape');
      await list.waitFor({ state: 'detached' });
    }
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

  it('shows what people write as text, whatever it is', async () => {
    const hostile = '<img src=x onerror="document.title=1"> **bold** [x](javascript:alert(1))';
    await chat.say(hostile);
    const message = await chat.sees('<img src=x onerror="document.title=1"> bold [x](javascript:alert(1))');
    expect(await message.locator('strong').textContent()).toBe('bold');
    expect(await message.locator('a').count()).toBe(0);
  });

  it('keeps a message that was refused, says why, and sends it when told to', async () => {
    seen = { ...seen, complaints: [] }; // the browser logs the status
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

  it('keeps everything over a reload', async () => {
    await chat.postSample('Rocket');
    await chat.say('@blipcord What is this?');
    await chat.sees('a rocket');
    await page.mouse.move(0, 0);
    const before = await page.locator('blip-message-list').ariaSnapshot();
    expect(before).toContain('a rocket');
    await page.reload();
    await chat.messages.last().waitFor();
    expect(await page.locator('blip-message-list').ariaSnapshot()).toBe(before);
  });

  it('stays where the person reads, and offers the way back to the newest message', async () => {
    await chat.postSample('Rocket');
    await chat.postSample('Rocket');
    await page.locator('.scroller').hover();
    await page.mouse.wheel(0, -2_000);
    await page.getByRole('button', { name: /Jump to present/ }).click();
    await expect.poll(() => page.getByRole('button', { name: /Jump to present/ }).count()).toBe(0);
  });

  it('reads a long channel back to its beginning, with what is read standing still', async () => {
    await page.getByRole('button', { name: 'playground' }).click();
    const channelId = /\d+$/.exec(page.url())?.[0];
    await page.evaluate(async (id) => {
      for (let number = 1; number <= 130; number++) {
        const form = new FormData();
        form.set('payload', JSON.stringify({ content: `Line ${number}` }));
        await fetch(`/page/channels/${id}/messages`, { method: 'POST', body: form });
      }
    }, channelId);
    await page.reload();
    await chat.sees('Line 130');
    expect(await page.getByText('Welcome to #playground!').count()).toBe(0);
    const firstLoaded = page.locator('blip-message').filter({ hasText: 'Line 31' });
    const moved = await firstLoaded.evaluate(async (message) => {
      const scroller = message.parentElement?.parentElement as HTMLElement;
      scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: -1 })); // only a person leaves the newest message
      message.scrollIntoView();
      const before = message.getBoundingClientRect().top;
      while (!scroller.querySelector('blip-welcome')) await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      return message.getBoundingClientRect().top - before;
    });
    expect(Math.abs(moved)).toBeLessThan(2);
    expect(await chat.messages.count()).toBe(130);
  });

  it('goes back and forward through what was open, and out of an address that leads nowhere', async () => {
    const heading = page.locator('blip-channel-header h2');
    await page.getByRole('button', { name: 'playground' }).click();
    await expect.poll(() => heading.textContent()).toBe('playground');
    await page.goBack();
    await expect.poll(() => heading.textContent()).toBe('pictures');
    await page.goForward();
    await expect.poll(() => heading.textContent()).toBe('playground');
    await page.goto(`${program.url}#/channels/99`);
    await page.getByText('This channel is not here').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Go to #pictures' }).click();
    await expect.poll(() => heading.textContent()).toBe('pictures');
  });

  it('folds its columns away on a phone', async () => {
    const visited = await visit(browser, program.url, phone);
    const onPhone = new Chat(visited.page);
    await onPhone.keepScreenshot('phone-channel');
    await onPhone.readAll();
    await onPhone.postSample('Pizza');
    await onPhone.composer.pressSequentially('/chat ');
    await visited.page.getByRole('button', { name: 'Run /chat' }).tap();
    await onPhone.sees(/^Let's talk about it in/);
    await visited.page.getByRole('button', { name: 'Channels' }).tap();
    const threads = visited.page.locator('blip-sidebar .threads');
    await threads.getByRole('button', { name: 'a pizza' }).last().tap();
    await visited.page.getByText('Started by').waitFor();
    await onPhone.keepScreenshot('phone-thread');
    await visited.page.reload();
    await visited.page.locator('blip-thread-intro blip-attachments img').waitFor();
    const width = await visited.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(phone.width);
    expect(visited.complaints).toEqual([]);
  });

  it('says that the server is gone, and goes on when it is back', async () => {
    seen = { ...seen, complaints: [] }; // the browser logs every refused connection
    const port = Number(new URL(program.url).port);
    await program.stop();
    await page.getByText('The local Discord is gone.').waitFor();
    await chat.keepScreenshot('server-gone');
    program = await startProgram(port);
    await expect
      .poll(() => page.getByText('The local Discord is gone.').count(), { timeout: 10_000 })
      .toBe(0);
    await chat.postSample('Rocket');
  });
});
