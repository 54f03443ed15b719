// What a person reads and opens on the page, in large and small windows.
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { isSkipped, phone, visit, why } from './support/browser.ts';
import { Chat } from './support/chat.ts';
import { startProgram } from './support/program.ts';
import { aPageForEach } from './support/seat.ts';

describe.skipIf(isSkipped)(`reading on the page${why}`, { timeout: 60_000 }, () => {
  const seat = aPageForEach();
  let page: Page;
  let chat: Chat;
  beforeEach(() => {
    ({ page, chat } = seat);
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
    await page.goto(`${seat.program.url}#/channels/99`);
    await page.getByText('This channel is not here').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Go to #pictures' }).click();
    await expect.poll(() => heading.textContent()).toBe('pictures');
  });

  it('folds its columns away on a phone', async () => {
    const visited = await visit(seat.browser, seat.program.url, phone);
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
    seat.mayComplain(); // the browser logs every refused connection
    const port = Number(new URL(seat.program.url).port);
    await seat.program.stop();
    await page.getByText('The local Discord is gone.').waitFor();
    await chat.keepScreenshot('server-gone');
    seat.program = await startProgram(port);
    await expect
      .poll(() => page.getByText('The local Discord is gone.').count(), { timeout: 10_000 })
      .toBe(0);
    await chat.postSample('Rocket');
  });
});
