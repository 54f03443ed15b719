// Finding one's way: help for each place, how the bot is doing, its hello, and what it says against what can't be done.
import { it } from 'vitest';
import type { Tour } from '../support/tour.ts';

export function help(tour: () => Tour): void {
  it('shows by examples what can be done in a channel and in direct messages', async () => {
    const { chat } = tour();
    await tour().use('help');
    await chat.sees(/In this channel:[\s\S]*All commands/);
    await tour().take('help-in-channel', 1);
    await tour().goTo('blipcord');
    await tour().use('help');
    await chat.sees(/Here between us:[\s\S]*All commands/);
    await tour().take('help-in-direct-messages', 1);
    await tour().goTo('pictures');
  });

  it('says what it runs on and how it is doing', async () => {
    const { chat } = tour();
    await tour().use('status');
    await chat.sees(/^Model[\s\S]*Device[\s\S]*Memory in use/);
    await tour().take('help-status', 1);
  });

  it('says in a refusal what to do next', async () => {
    const { chat } = tour();
    await tour().becomeNew('Noa');
    await tour().goTo('blipcord');
    await tour().use('caption');
    await chat.sees(/^I found no picture here\. .*Post one/);
    await tour().take('help-refusal', 1);
    await tour().become('You');
    await tour().goTo('pictures');
  });

  it('says hello in a server that it comes to', async () => {
    const { chat, page } = tour();
    await page.getByRole('button', { name: 'More about blipcord' }).click();
    await page.getByRole('button', { name: 'Remove from the server' }).click();
    await page.getByRole('button', { name: 'Invite blipcord' }).click();
    await chat.sees(/^Hello! I look at pictures/);
    await tour().take('help-hello', 1);
  });
}
