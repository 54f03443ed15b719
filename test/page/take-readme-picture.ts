// Takes docs/playground.png anew: `node --import tsx test/page/take-readme-picture.ts`.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openBrowser, visit } from './support/browser.ts';
import { Chat } from './support/chat.ts';
import { build, startProgram } from './support/program.ts';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));

await build();
const program = await startProgram();
const browser = await openBrowser();
try {
  const { page } = await visit(browser, program.url, { width: 1280, height: 920 });
  const chat = new Chat(page);
  await chat.postSample('Penguin');
  await chat.composer.pressSequentially('/chat ');
  await page.getByRole('button', { name: 'Run /chat' }).click();
  await chat.openOfferedThread();
  await page.getByRole('button', { name: '#pictures' }).click();
  await page.getByRole('button', { name: 'Dismiss message' }).click();
  await chat.composer.pressSequentially('/caption ');
  await page.getByRole('button', { name: 'Run /caption' }).click();
  await page.getByRole('button', { name: 'Continue in thread' }).waitFor();
  await chat.readAll();
  await chat.replyTo(chat.newestPicture);
  await page.keyboard.type('What animal is in the picture?');
  await page.keyboard.press('Enter');
  await chat.sees('a penguin');
  await page.mouse.move(0, 0);
  await mkdir(docs, { recursive: true });
  await page.screenshot({ path: `${docs}playground.png` });
} finally {
  await browser.close();
  await program.stop();
}
