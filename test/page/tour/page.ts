// The page itself: its two themes, a phone's width, and what is offered to whoever is past the beginning of a channel.
import { expect, it } from 'vitest';
import { desktop, phone } from '../support/browser.ts';
import type { Tour } from '../support/tour.ts';

export function localDiscord(tour: () => Tour): void {
  const whole = () => tour().page.locator('blip-app');

  it('is light where the system is, and fits a phone', async () => {
    const { chat, page } = tour();
    await page.setViewportSize(desktop);
    await chat.postSample('Rocket');
    await chat.say('@blipcord What is this?');
    await chat.sees('a rocket');
    await tour().take('page-dark', 0, whole());
    await page.emulateMedia({ colorScheme: 'light' });
    await tour().take('page-light', 0, whole());
    await page.setViewportSize(phone);
    await chat.messages.last().scrollIntoViewIfNeeded();
    await tour().take('page-phone', 0, whole());
    await page.setViewportSize(desktop);
    await page.emulateMedia({ colorScheme: 'dark' });
  });

  it('offers samples and what to try beside the help, too', async () => {
    const { chat, page } = tour();
    await page.getByRole('button', { name: 'What to try' }).click();
    const help = page.getByRole('dialog', { name: 'What to try' });
    await tour().take('page-help', 0, help);
    const before = await chat.messages.count();
    await help.getByRole('button', { name: 'Post the sample picture: Pizza' }).click();
    await chat.messages.nth(before).getByRole('img', { name: 'pizza.png' }).waitFor();
    expect(await help.isVisible()).toBe(false);
  });

  it('shows that what was answered is gone', async () => {
    const { chat, page } = tour();
    await chat.postSample('Pizza');
    await chat.say('@blipcord What is this?');
    await chat.sees('a pizza');
    await tour().choose(chat.messages.nth((await chat.messages.count()) - 2), 'Delete');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await chat.messages.last().getByText('Original message was deleted').waitFor();
    await tour().take('page-reply-to-deleted', 1);
  });
}
