// What the bot remembers, and how it is made to forget.
import { expect, it } from 'vitest';
import type { Tour } from '../support/tour.ts';

/** Long enough that a few of them fill the window. */
const longQuestion = `Is there ${Array.from({ length: 45 }, (_, i) => ['a dog', 'a cat', 'a bee'][i % 3]).join(' or ')} here?`;

export function memory(tour: () => Tour): void {
  async function openThread(): Promise<void> {
    const { chat } = tour();
    await tour().goTo('pictures');
    await chat.postSample('Rocket');
    await tour().use('chat');
    await chat.openOfferedThread();
  }

  it('shows its turns, the next prompt and how full its window is', async () => {
    const { chat } = tour();
    await openThread();
    await chat.say('What is this?');
    await chat.sees('a rocket');
    await chat.say('What color is the background?');
    await chat.sees('red');
    await tour().use('memory', { question: 'Is there a car?' });
    await chat.sees(/\d+ \/ 512 tokens[\s\S]*Question: Is there a car\? Answer:/);
    await tour().take('memory-shown', 1);
  });

  it('names a thread by what its picture shows, and goes on there without a mention', async () => {
    const { page } = tour();
    await tour().goTo('pictures');
    const card = page.locator('blip-thread-card').last();
    await card.getByText('a rocket on a red background').waitFor();
    await tour().take('memory-thread', 0, card);
    await card.getByRole('button').click();
    await page.getByText('Started by').waitFor();
  });

  it('leaves a thread alone that is locked or deleted, and says so', async () => {
    const { chat, page } = tour();
    const openSettings = () => page.getByRole('button', { name: 'Thread settings' }).click();
    await openThread();
    await openSettings();
    await page.getByRole('switch', { name: /^Locked/ }).click();
    await page.getByText('Locked', { exact: true }).waitFor();
    await tour().take('memory-thread-settings', 0, page.getByRole('dialog', { name: /rocket/ }));
    await page.keyboard.press('Escape');
    await tour().goTo('pictures');
    await tour().use('chat');
    await chat.sees(/^The thread of that picture, .*, is locked\./);
    await tour().take('memory-thread-locked', 1);
    await page.locator('blip-thread-card').last().getByRole('button').click();
    await openSettings();
    await page.getByRole('button', { name: 'Delete thread' }).click();
    await tour().goTo('pictures');
    await tour().use('chat');
    await chat.sees(/^The thread of that picture was deleted\. Post the picture again/);
    await tour().take('memory-thread-deleted', 1);
  });

  it('says once which answer pushed old questions out', async () => {
    const { chat } = tour();
    await openThread();
    const answered = /no longer remember the first question/;
    for (let asked = 0; asked < 8; asked++) {
      const before = await chat.messages.count();
      await chat.say(longQuestion);
      await chat.messages
        .nth(before + 1)
        .getByRole('button', { name: 'Again' })
        .waitFor();
      if (answered.test((await chat.messages.nth(before + 1).ariaSnapshot()) ?? '')) break;
    }
    await chat.sees(answered);
    await tour().take('memory-pushed-out', 1);
  });

  it('forgets a conversation', async () => {
    const { chat } = tour();
    await tour().use('forget', { what: 'This conversation' });
    await chat.sees(/^I forgot \d+ questions in 1 conversation/);
    await tour().take('memory-forgotten', 1);
    await tour().goTo('pictures');
  });

  it.each([
    ['me', 'Me: what I asked and posted', /^Shall I forget what you asked/, 'Forget me'],
    ['server', 'This server (for those who manage it)', /^Shall I forget all/, 'Forget this server'],
  ])('forgets %s after a click more', async (name, what, warning, button) => {
    const { chat } = tour();
    await chat.postSample('Rocket');
    await chat.say('@blipcord What is this?');
    await chat.sees('a rocket');
    await tour().use('forget', { what });
    const told = await chat.sees(warning);
    await tour().take(`memory-forget-${name}`, 1);
    await told.getByRole('button', { name: button }).click();
    await expect.poll(() => told.ariaSnapshot()).toMatch(/I forgot \d+ questions? in/);
    await tour().take(`memory-forgot-${name}`, 1);
  });
}
