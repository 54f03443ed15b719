// What one can do with an answer: the buttons under it, and editing or deleting what it answers.
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Tour } from '../support/tour.ts';

export function answers(tour: () => Tour): void {
  /** A fresh picture, and the answer to a question about it. */
  async function askAboutRocket(question: string, answer: string): Promise<Locator> {
    const { chat } = tour();
    await chat.postSample('Rocket');
    await chat.say(`@blipcord ${question}`);
    return chat.sees(answer);
  }

  async function press(answer: Locator, button: string): Promise<void> {
    await answer.getByRole('button', { name: button, exact: true }).click();
  }

  it('gives another one when told to', async () => {
    const answer = await askAboutRocket('What is this?', 'a rocket');
    await tour().take('answers-buttons', 3);
    await press(answer, 'Again');
    // Either other words, or a note that they are the same.
    await expect.poll(() => answer.locator('blip-markdown').textContent()).not.toBe('a rocket');
    await tour().take('answers-again', 3);
  });

  it('leads to the next question by a form', async () => {
    const { chat, page } = tour();
    const answer = await askAboutRocket('What is this?', 'a rocket');
    await press(answer, 'Ask');
    const form = page.getByRole('dialog', { name: 'Ask about this picture' });
    await form.getByLabel('Your question').fill('What color is the background?');
    await page.keyboard.press('Enter');
    await chat.sees(/^What color is the background\?\s*red$/);
    await tour().take('answers-ask', 4);
  });

  it('goes on in a thread', async () => {
    const { chat, page } = tour();
    const answer = await askAboutRocket('What is this?', 'a rocket');
    await press(answer, 'Continue in thread');
    await chat.openOfferedThread();
    await chat.say('What color is the background?');
    await chat.sees('red');
    await tour().take('answers-thread', 3, page.locator('blip-channel-header h2'));
    await tour().goTo('pictures');
  });

  it('says where the model is not sure of it', async () => {
    const { chat } = tour();
    await chat.postSample('Bee');
    const doubtful = [
      'Is it in a corner?',
      'Is it large?',
      'Is there a dog?',
      'Where is it?',
      'Is it happy?',
      'What is behind the bee?',
      'Is it hot?',
    ];
    let isDoubted = false;
    while (!isDoubted && doubtful.length > 0) {
      await tour().use('ask', { question: String(doubtful.shift()) });
      const answer = await chat.sees(/^\S.*\?\s*\S/);
      await answer.getByRole('button', { name: 'Again' }).waitFor();
      isDoubted = (await answer.ariaSnapshot()).includes("I'm not sure of this.");
    }
    expect(isDoubted).toBe(true);
    await tour().take('answers-not-sure', 1);
  });

  it('is deleted by whoever asked, and no longer remembered', async () => {
    const { chat } = tour();
    const answer = await askAboutRocket('Is there a rocket?', 'yes');
    const count = await chat.messages.count();
    await press(answer, 'Delete');
    await expect.poll(() => chat.messages.count()).toBe(count - 1);
    await chat.readAll();
    await tour().use('memory');
    await chat.sees(/Nothing was asked about it yet/);
    await tour().take('answers-deleted', 3);
  });

  it('follows its question when that is edited', async () => {
    const { chat, page } = tour();
    const answer = await askAboutRocket('Is there a car?', 'no');
    await chat.composer.press('ArrowUp');
    const field = page.getByLabel('Change the message');
    await field.fill('@blipcord What color is the background?');
    await tour().take('answers-editing', 3);
    await field.press('Enter');
    await answer.getByText('red', { exact: true }).waitFor();
    await tour().take('answers-edited', 3);
  });

  it('is forgotten with its question when that is deleted', async () => {
    const { chat, page } = tour();
    await askAboutRocket('Is there a bee?', 'no');
    const count = await chat.messages.count();
    const question = chat.messages.filter({ hasText: 'Is there a bee?' }).first();
    await tour().choose(question, 'Delete');
    const dialog = page.getByRole('dialog', { name: 'Delete message' });
    await dialog.waitFor();
    await tour().take('answers-deleting-question', 0, dialog);
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect.poll(() => chat.messages.count()).toBe(count - 1);
    await chat.readAll();
    await tour().use('memory');
    await chat.sees(/Nothing was asked about it yet/);
    await tour().take('answers-question-deleted', 3);
  });
}
