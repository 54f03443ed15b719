// Whatever carries a picture: files of all kinds, forwards, stickers, emoji, links and avatars.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { animated } from '../../support/animation.ts';
import type { Tour, Upload } from '../support/tour.ts';

const root = new URL('../../../', import.meta.url);

function upload(name: string, mimeType: string, path: string): Upload {
  return { name, mimeType, buffer: readFileSync(new URL(path, root)) };
}

const sample = (name: string) => upload(name, 'image/png', `src/playground/samples/${name}`);

export function capture(tour: () => Tour): void {
  async function openExpressions(): Promise<void> {
    await tour().page.getByRole('button', { name: 'Emoji and stickers' }).click();
  }

  it('lets the person choose among several pictures, by menu or by number', async () => {
    const { chat } = tour();
    await tour().attach(sample('rocket.png'), sample('penguin.png'), sample('pizza.png'));
    await chat.say('@blipcord What is this?');
    const answer = await chat.sees(/^a rocket[\s\S]*picture 1 of 3/);
    await tour().take('capture-several', 2);
    await answer.getByRole('combobox').selectOption({ index: 1 });
    await chat.sees(/penguin[\s\S]*picture 2 of 3/);
    await tour().take('capture-chosen', 2);
    await chat.say('@blipcord What is in picture 3?');
    await chat.sees(/pizza[\s\S]*picture 3 of 3/);
    await tour().take('capture-by-number', 2);
  });

  it('reads what a telephone takes, and says what it cannot read', async () => {
    const { chat } = tour();
    await tour().attach(upload('rocket.heic', 'image/heic', 'test/fixtures/capture/rocket.heic'));
    await chat.say('@blipcord What is this?');
    await chat.sees('a rocket');
    await tour().take('capture-heic', 2);
    await tour().attach({ name: 'notes.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
    await chat.say('@blipcord What is this?');
    await chat.sees(/^notes\.pdf is of type .*screenshot/);
    await tour().take('capture-unreadable', 2);
  });

  it('says what is wrong with a file that is broken or too large', async () => {
    const { chat } = tour();
    await tour().attach({ name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await chat.say('@blipcord What is this?');
    await chat.sees(/^The file is not an image\./);
    await tour().take('capture-broken', 2);
    const folder = await mkdtemp(join(tmpdir(), 'blipcord-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const large = join(folder, 'large.png');
    await writeFile(large, Buffer.alloc(9 * 2 ** 20));
    await tour().attach(large);
    await chat.say('@blipcord What is this?');
    await chat.sees(/^Expected an image of at most 8 MB, got 9 MB\. Post a smaller copy\.$/);
    await tour().take('capture-too-large', 2);
  });

  it('says which frame of an animation it looked at', async () => {
    const { chat } = tour();
    const buffer = await animated([sample('penguin.png'), sample('pizza.png')].map((one) => one.buffer));
    await tour().attach({ name: 'lunch.gif', mimeType: 'image/gif', buffer });
    await chat.say('@blipcord What is this?');
    await chat.sees(/^a penguin[\s\S]*frame/);
    await tour().take('capture-animation', 2);
  });

  it('looks at the frame that is chosen, with frames to pick from', async () => {
    const { chat, page } = tour();
    const frames = [sample('rocket.png'), sample('penguin.png'), sample('pizza.png')];
    const buffer = await animated(frames.map((one) => one.buffer));
    const image = { name: 'slides.gif', mimeType: 'image/gif', buffer };
    await tour().fillIn('caption', { image, frame: 'la' });
    const last = page.getByRole('option', { name: 'last' });
    await last.waitFor();
    await tour().take('capture-frame-form', 0, page.getByRole('listbox'), tour().form);
    await last.click();
    await page.keyboard.press('Enter');
    await chat.sees(/^a pizza[\s\S]*frame 3 of 3/);
    await tour().take('capture-frame', 1);
  });

  it('looks at a forwarded message', async () => {
    const { chat, page } = tour();
    await chat.postSample('Penguin');
    await tour().choose(chat.newestPicture, 'Forward');
    const dialog = page.getByRole('dialog', { name: 'Forward to' });
    await tour().take('capture-forwarding', 0, dialog);
    await dialog.getByRole('button', { name: 'blipcord' }).click();
    await page.getByText('No mention is needed here.').waitFor();
    await page.locator('blip-forwarded').waitFor();
    await page.getByText(/a penguin/).waitFor();
    await tour().take('capture-forwarded', 2);
    await tour().goTo('pictures');
  });

  it('looks at stickers, and says which it cannot draw', async () => {
    const { chat, page } = tour();
    await openExpressions();
    const picker = page.getByRole('group', { name: 'Emoji and stickers of this server' });
    await tour().take('capture-expressions', 0, picker, chat.composer);
    await page.getByRole('button', { name: 'Send the sticker Penguin' }).click();
    const sticker = chat.messages.filter({ has: page.getByRole('img', { name: 'Sticker: Penguin' }) }).last();
    await chat.replyTo(sticker);
    await chat.composer.fill('@blipcord What animal is in the picture?');
    await chat.composer.press('Enter');
    await chat.sees('a penguin');
    await tour().take('capture-sticker', 3);
    await openExpressions();
    await page.getByRole('button', { name: 'Send the sticker Bounce' }).click();
    await chat.replyTo(
      chat.messages.filter({ has: page.getByRole('img', { name: 'Sticker: Bounce' }) }).last(),
    );
    await chat.composer.fill('@blipcord What is this?');
    await chat.composer.press('Enter');
    await chat.sees(/Lottie/);
    await tour().take('capture-lottie', 3);
  });

  it('looks at an emoji of the server', async () => {
    const { chat, page } = tour();
    await chat.say('@blipcord What is :pizza_time:?');
    await page.getByRole('img', { name: ':pizza_time:' }).first().waitFor();
    await chat.sees(/pizza/);
    await tour().take('capture-emoji', 2);
  });

  it('looks at what a link leads to', async () => {
    const { chat, page } = tour();
    await chat.composer.fill('@blipcord What is this?');
    await page.getByRole('button', { name: 'Add a picture' }).click();
    await page.getByRole('button', { name: 'Link to a picture' }).click();
    await chat.composer.press('Enter');
    await page.locator('blip-embeds img').last().waitFor();
    await chat.sees('a rocket');
    await tour().take('capture-link', 2);
  });

  it("looks at somebody's avatar", async () => {
    const { chat, page } = tour();
    await tour().becomeNew('Pia');
    const panel = page.getByRole('button', { name: 'You are Pia.' });
    await panel.click();
    await page.getByRole('button', { name: 'Show the Penguin' }).click();
    await expect.poll(() => panel.locator('img').getAttribute('src')).toMatch(/^\/avatars\//);
    await page.keyboard.press('Escape');
    await tour().become('You');
    await tour().use('caption', { user: '@pia' });
    await chat.sees(/^a penguin[\s\S]*avatar/);
    await tour().take('capture-avatar', 1);
  });
}
