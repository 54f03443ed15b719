// Being several people on the page, in several languages, with roles, permissions and direct messages.
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { isSkipped, visit, why } from './support/browser.ts';
import type { Chat } from './support/chat.ts';
import { onePageForAll } from './support/seat.ts';

describe.skipIf(isSkipped)(`people on the page${why}`, { timeout: 60_000 }, () => {
  const seat = onePageForAll();
  let page: Page;
  let chat: Chat;
  beforeAll(() => {
    ({ page, chat } = seat);
  });

  const panel = (name: string) => page.getByRole('button', { name: `You are ${name}.` });

  /** Somebody new, who then sits before the page. */
  async function add(name: string): Promise<void> {
    await page.getByRole('button', { name: /^You are/ }).click();
    await page.getByLabel('Name of somebody new').fill(name);
    await page.keyboard.press('Enter');
    await panel(name).waitFor();
  }

  async function be(name: string): Promise<void> {
    await page.getByRole('button', { name: /^You are/ }).click();
    await chat.keepScreenshot('be-somebody-else');
    await page.getByRole('button', { name: `Be ${name}` }).click();
    await panel(name).waitFor();
  }

  it('speaks as somebody new, whom a second page sees, and stays them over a reload', async () => {
    const second = await visit(seat.browser, seat.program.url);
    await add('Mia');
    await chat.say('hello from Mia');
    const theirs = second.page.locator('blip-message').filter({ hasText: 'hello from Mia' });
    await theirs.waitFor();
    expect(await theirs.ariaSnapshot()).toContain('Mia');
    await second.page.getByRole('button', { name: 'More about Mia' }).waitFor();
    await page.reload();
    await panel('Mia').waitFor();
    await chat.messages.last().waitFor();
    expect(await second.page.getByRole('button', { name: 'You are You.' }).count()).toBe(1);
    await second.page.context().close();
  });

  it('talks with the bot in direct messages, which nobody else sees', async () => {
    await add('Lea');
    await page.getByRole('button', { name: 'blipcord', exact: true }).click();
    await page.getByText('No mention is needed here.').waitFor();
    await chat.readAll();
    await chat.postSample('Rocket');
    await chat.sees('a rocket on a red background');
    await chat.say('What color is the background?');
    await chat.sees('red');
    await chat.keepScreenshot('direct-messages');
    await chat.composer.fill('/set');
    expect(await page.getByRole('option', { name: /settings/ }).count()).toBe(0);
    await be('You');
    expect(await page.title()).toBe('#pictures | blipcord playground');
    await page.getByRole('button', { name: 'blipcord', exact: true }).click();
    await page.getByText('No mention is needed here.').waitFor();
    expect(await chat.messages.count()).toBe(0);
    await page.getByRole('button', { name: 'pictures' }).first().click();
    await page.getByText('Welcome to #pictures!').waitFor();
  });

  it('names commands and answers in the language of the person', async () => {
    await add('Jonas');
    await chat.postSample('Rocket');
    await panel('Jonas').click();
    await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
    await page.keyboard.press('Escape');
    await chat.composer.fill('/');
    await page.getByText('Sagt, was ein Bild zeigt').waitFor();
    await chat.keepScreenshot('german');
    await chat.composer.fill('');
    await chat.composer.pressSequentially('/help ');
    await page.getByRole('button', { name: 'Run /help' }).click();
    await chat.sees(/Bild/);
    await page.reload();
    await panel('Jonas').click();
    expect(await page.getByRole('combobox', { name: 'Language' }).inputValue()).toBe('de');
    await page.keyboard.press('Escape');
    await chat.messages.last().waitFor();
  });

  it('keeps the settings for whoever manages the server', async () => {
    await add('Noah');
    await chat.composer.fill('/set');
    expect(await page.getByRole('option', { name: /settings/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Channel settings' }).click();
    const dialog = page.getByRole('dialog', { name: '#pictures' });
    expect(await dialog.getByLabel('Attach Files').isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await be('You');
    await chat.composer.fill('/set');
    await page.getByRole('option', { name: /settings show/ }).waitFor();
    await chat.composer.fill('');
  });

  it('takes a permission away, whose lack the bot names, and gives it back', async () => {
    await chat.postSample('Rocket');
    const toggle = async (name: string) => {
      await page.getByRole('button', { name: 'Channel settings' }).click();
      const before = await page.getByLabel(name, { exact: true }).isChecked();
      await page.getByLabel(name, { exact: true }).click();
      await expect.poll(() => page.getByLabel(name, { exact: true }).isChecked()).toBe(!before);
      await chat.keepScreenshot('channel-settings');
      await page.keyboard.press('Escape');
    };
    await toggle('Create Public Threads');
    const ask = async () => {
      await chat.composer.fill('');
      await chat.composer.pressSequentially('/chat ');
      await page.getByRole('button', { name: 'Run /chat' }).click();
    };
    await ask();
    await chat.sees(/Create Public Threads/);
    await toggle('Create Public Threads');
    await ask();
    await chat.sees(/^Let's talk about it in/);
  });

  it('shows a picture of oneself, which the bot captions', async () => {
    await add('Pia');
    await panel('Pia').click();
    await page.getByRole('button', { name: 'Show the Penguin' }).click();
    await expect.poll(() => panel('Pia').locator('img').getAttribute('src')).toMatch(/^\/avatars\//);
    await chat.keepScreenshot('avatar');
    await page.keyboard.press('Escape');
    await chat.composer.fill('');
    await chat.composer.pressSequentially('/caption ');
    await page.getByRole('button', { name: 'Add the option user' }).click();
    await page.locator('blip-option-field select').selectOption({ label: '@pia' });
    await chat.readAll();
    await page.getByRole('button', { name: 'Run /caption' }).click();
    await chat.sees(/a penguin/);
  });

  it('gives a role and takes it away', async () => {
    await add('Ida');
    await be('You');
    await page.getByRole('button', { name: 'More about Ida' }).click();
    const card = page.getByRole('dialog', { name: 'Ida' });
    await card.getByLabel('Give a role').selectOption({ label: 'Moderators' });
    const taken = card.getByRole('button', { name: 'Take the role Moderators away' });
    await taken.waitFor();
    await chat.keepScreenshot('member-card');
    await taken.click();
    await taken.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
  });

  it('removes the bot from the server and invites it back, which it notices', async () => {
    await page.getByRole('button', { name: 'More about blipcord' }).click();
    await page.getByRole('button', { name: 'Remove from the server' }).click();
    await page.getByRole('button', { name: 'Invite blipcord' }).click();
    await page.getByRole('button', { name: 'More about blipcord' }).waitFor();
    await chat.sees(/^Hello! I look at pictures/);
    await chat.postSample('Rocket');
    await chat.say('@blipcord What is this?');
    await chat.sees('a rocket');
  });
});
