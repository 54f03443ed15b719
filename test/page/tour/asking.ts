// The ways to ask: by command, mention, reply, direct message and a message's menu.
import { expect, it } from 'vitest';
import type { Tour } from '../support/tour.ts';

export function asking(tour: () => Tour): void {
  it('captions the newest picture by /caption', async () => {
    const { chat, page } = tour();
    await chat.postSample('Rocket');
    await chat.composer.fill('/');
    await page.getByRole('option', { name: /caption/ }).waitFor();
    await tour().take('asking-commands', 0, page.getByRole('listbox'), chat.composer);
    await tour().use('caption');
    await chat.sees('a rocket on a red background');
    await tour().take('asking-caption', 2);
  });

  it('begins a caption as it is told, with beginnings to pick from', async () => {
    const { chat, page } = tour();
    await chat.postSample('Rocket');
    await tour().fillIn('caption', { prompt: 'cartoon' });
    const offered = page.getByRole('option', { name: 'this is a cartoon of' });
    await offered.waitFor();
    await tour().take('asking-beginning-form', 0, page.getByRole('listbox'), tour().form);
    await offered.click();
    expect(await page.locator('blip-option-field input').inputValue()).toBe('this is a cartoon of');
    await page.keyboard.press('Enter');
    await chat.sees(/^this is a cartoon of .*rocket/);
    await tour().take('asking-beginning', 2);
  });

  it('answers a question by /ask', async () => {
    const { chat } = tour();
    await chat.postSample('Penguin');
    await tour().use('ask', { question: 'What animal is in the picture?' });
    await chat.sees(/^What animal is in the picture\?\s*a penguin$/);
    await tour().take('asking-by-command', 2);
  });

  it('answers a message that mentions it', async () => {
    const { chat, page } = tour();
    await page.getByRole('button', { name: 'Add a picture' }).click();
    await page.getByRole('button', { name: 'Attach the sample picture: Pizza' }).click();
    await page.getByRole('button', { name: 'Remove' }).waitFor();
    await chat.say('@blipcord What food is in the picture?');
    await chat.sees('a pizza');
    await tour().take('asking-by-mention', 2);
  });

  it('answers a reply to a picture, and a reply to its answer', async () => {
    const { chat, page } = tour();
    await chat.postSample('Rocket');
    await chat.replyTo(chat.newestPicture);
    await page.keyboard.type('What is this?');
    await page.keyboard.press('Enter');
    await chat.replyTo(await chat.sees('a rocket'));
    await chat.say('What color is the background?');
    await chat.sees('red');
    await tour().take('asking-by-reply', 5);
  });

  it('opens a form from the menu of a message', async () => {
    const { chat, page } = tour();
    await chat.postSample('Rocket');
    await chat.newestPicture.click({ button: 'right', position: { x: 5, y: 5 } });
    const menu = page.getByRole('menu');
    await menu.getByText('Ask about image').waitFor();
    await tour().take('asking-menu', 1, menu);
    await menu.getByRole('menuitem', { name: 'Caption image' }).click();
    await chat.sees('a rocket on a red background');
    await tour().choose(chat.newestPicture, 'Ask about image');
    const form = page.getByRole('dialog', { name: 'Ask about this picture' });
    await form.getByLabel('Your question').fill('What color is the background?');
    await tour().take('asking-form', 0, form);
    await page.keyboard.press('Enter');
    await chat.sees(/^What color is the background\?\s*red$/);
    await tour().take('asking-by-menu', 3);
  });

  it('talks in a thread that /chat opens', async () => {
    const { chat, page } = tour();
    await chat.postSample('Rocket');
    await tour().use('chat');
    await chat.openOfferedThread();
    await chat.say('What is this?');
    await chat.sees('a rocket');
    await chat.say('Is there a car?');
    await chat.sees('no');
    await tour().take('asking-in-thread', 5, page.locator('blip-channel-header h2'));
    await tour().goTo('pictures');
  });

  it('needs no mention in direct messages', async () => {
    const { chat } = tour();
    await tour().goTo('blipcord');
    await chat.postSample('Penguin');
    await chat.sees(/^a penguin/);
    await chat.say('What animal is in the picture?');
    await chat.sees('a penguin');
    await tour().take('asking-in-direct-messages', 4);
    await tour().goTo('pictures');
  });

  it('speaks the language of whoever asks', async () => {
    const { chat, page } = tour();
    await tour().becomeNew('Jonas');
    await page.getByRole('button', { name: /^You are Jonas/ }).click();
    await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
    await page.keyboard.press('Escape');
    await chat.composer.fill('/');
    await page.getByText('Sagt, was ein Bild zeigt').waitFor();
    await tour().take('asking-in-german-commands', 0, page.getByRole('listbox'), chat.composer);
    await chat.composer.fill('');
    await chat.postSample('Rocket');
    await chat.composer.pressSequentially('/caption ');
    await page.getByRole('button', { name: 'Run /caption' }).click();
    const answer = await chat.sees(/^a rocket on a red background/);
    await answer.getByRole('button', { name: 'Löschen' }).waitFor();
    await tour().take('asking-in-german', 2);
    await tour().become('You');
  });
}
