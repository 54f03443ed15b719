// The menu of a message, the form it leads to and what is offered while one types, before a person's eyes.
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { isSkipped, why } from './support/browser.ts';
import type { Chat } from './support/chat.ts';
import { aPageForEach } from './support/seat.ts';

describe.skipIf(isSkipped)(`the menu of a message${why}`, { timeout: 60_000 }, () => {
  const seat = aPageForEach();
  let page: Page;
  let chat: Chat;
  beforeEach(() => {
    ({ page, chat } = seat);
  });

  it('captions the picture on it, and describes it for screen readers', async () => {
    await chat.postSample('Rocket');
    const picture = chat.newestPicture;
    await picture.hover();
    await picture.getByRole('button', { name: /^More/ }).click();
    await page.getByRole('menu').getByText('Apps').waitFor();
    await chat.keepScreenshot('message-menu');
    await page.getByRole('menuitem', { name: 'Caption image' }).click();
    const caption = await chat.sees('a rocket on a red background');
    expect(await caption.ariaSnapshot()).toMatch(/You used[\s\S]*Caption image/);
    expect(await page.getByRole('menu').isVisible()).toBe(false);

    await picture.click({ button: 'right', position: { x: 5, y: 5 } });
    await page.getByRole('menuitem', { name: 'Describe for screen readers' }).click();
    const described = await chat.sees('With a description for screen readers.');
    const text = 'Machine-made description: a rocket on a red background';
    await described.getByRole('img', { name: text }).waitFor();
    await described.getByText('ALT').click();
    await described.getByText(text).waitFor();
    await chat.keepScreenshot('alt-text');
  });

  it('opens the form to ask about the picture, which Esc closes, and shows the answer', async () => {
    await chat.postSample('Rocket');
    const form = page.getByRole('dialog', { name: 'Ask about this picture' });
    const open = async () => {
      await chat.newestPicture.click({ button: 'right', position: { x: 5, y: 5 } });
      await page.getByRole('menuitem', { name: 'Ask about image' }).press('Enter');
      await form.waitFor();
    };
    await open();
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    await open();
    await form.getByLabel('Your question').fill('What color is the background?');
    await chat.keepScreenshot('ask-form');
    await page.keyboard.press('Enter');
    await chat.sees(/^What color is the background\?\s*red$/);
    await form.waitFor({ state: 'detached' });
    await page.locator('blip-pending-command').waitFor({ state: 'detached' });
  });

  it('offers how to begin while one types an option', async () => {
    await chat.postSample('Rocket');
    await chat.composer.pressSequentially('/ask ');
    await page.keyboard.type('what color');
    const offered = page.getByRole('listbox').getByRole('option');
    await expect.poll(() => offered.allTextContents()).toEqual(['What color is the background?']);
    await chat.keepScreenshot('offered');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const field = page.locator('blip-option-field input');
    expect(await field.inputValue()).toBe('What color is the background?');
    await offered.waitFor({ state: 'detached' });
    await field.fill('what');
    await page.getByRole('option', { name: 'What is this?' }).click();
    expect(await field.inputValue()).toBe('What is this?');
    await page.keyboard.press('Enter');
    await chat.sees(/^What is this\?\s*a rocket$/);
  });
});
