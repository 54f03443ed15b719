// A person's way through all that the bot does, with a program and a browser of its own, and pictures of what they see.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { openBrowser, type Visit, visit } from './browser.ts';
import { Chat } from './chat.ts';
import { build, type Program, startProgram } from './program.ts';

export interface Upload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const folder = fileURLToPath(new URL('../../../docs/tour/', import.meta.url));

/** Only `npm run tour` runs vitest in this mode. */
const keepsPictures = process.env.MODE === 'tour';

/** Tall, so that a talk fits into a picture. */
const viewport = { width: 1280, height: 1000 };
const marginPx = 8;
/** As long as the page is waited for otherwise. */
const patience = { timeout: 10_000 };

export class Tour {
  readonly page: Page;
  readonly chat: Chat;
  readonly complaints: readonly string[];
  /** Names of the pictures that were taken. */
  readonly taken: Set<string>;
  readonly #browser: Browser;
  readonly #program: Program;

  private constructor(browser: Browser, program: Program, { page, complaints }: Visit, taken: Set<string>) {
    this.taken = taken;
    this.#browser = browser;
    this.#program = program;
    this.page = page;
    this.complaints = complaints;
    this.chat = new Chat(page);
  }

  /** @param taken where another tour's pictures count as well */
  static async open(start: () => Promise<Program> = startProgram, taken = new Set<string>()): Promise<Tour> {
    await build();
    const [browser, program] = await Promise.all([openBrowser(), start()]);
    return new Tour(browser, program, await visit(browser, program.url, viewport), taken);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#program.stop();
  }

  /** Leaves what an earlier step may have left open, and takes all on show as read. */
  async begin(): Promise<void> {
    if ((await this.form.count()) > 0) await this.form.getByRole('button', { name: 'Cancel' }).click();
    await this.chat.readAll();
  }

  /** Opens a channel from the list of them, and takes what was said there as read. */
  async goTo(channel: 'pictures' | 'playground' | 'blipcord'): Promise<void> {
    const list = this.page.locator('blip-sidebar');
    await list.getByRole('button', { name: channel, exact: true }).first().click();
    await expect.poll(() => this.page.locator('blip-channel-header h2').textContent()).toBe(channel);
    await this.#hasLoaded();
    await this.chat.readAll();
  }

  /** Chooses a command by its name and gives values to its options, as its form shows them. */
  async fillIn(command: string, values: Readonly<Record<string, string | Upload>> = {}): Promise<void> {
    await this.chat.composer.fill('');
    await this.chat.composer.pressSequentially(`/${command} `);
    await this.form.waitFor();
    for (const [name, value] of Object.entries(values)) {
      const field = this.page.locator(`blip-option-field[data-option="${name}"]`);
      if ((await field.count()) === 0)
        await this.form.getByRole('button', { name: `Add the option ${name}` }).click();
      await field.waitFor();
      if (typeof value !== 'string') await field.locator('input[type=file]').setInputFiles(value);
      else if ((await field.locator('select').count()) > 0)
        await field.locator('select').selectOption({ label: value });
      else await field.locator('input').fill(value);
    }
  }

  async use(command: string, values: Readonly<Record<string, string | Upload>> = {}): Promise<void> {
    await this.fillIn(command, values);
    await this.form.getByRole('button', { name: `Run /${command}` }).click();
  }

  get form(): Locator {
    return this.page.locator('blip-command-form');
  }

  /** Puts files to the message that is being written, by the button beside it. */
  async attach(...files: readonly Upload[] | readonly [path: string]): Promise<void> {
    await this.page.getByRole('button', { name: 'Add a picture' }).click();
    const chosen = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: 'Upload a picture' }).click();
    await (await chosen).setFiles(files as Upload[] | string[]);
  }

  /** Opens a message's menu and chooses from it. */
  async choose(message: Locator, item: string): Promise<void> {
    await message.click({ button: 'right', position: { x: 5, y: 5 } });
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** Sits down as somebody new. */
  async becomeNew(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^You are/ }).click();
    await this.page.getByLabel('Name of somebody new').fill(name);
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('button', { name: `You are ${name}.` }).waitFor();
    await this.#hasLoaded();
    await this.chat.readAll();
  }

  async become(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^You are/ }).click();
    await this.page.getByRole('button', { name: `Be ${name}`, exact: true }).click();
    await this.page.getByRole('button', { name: `You are ${name}.` }).waitFor();
    await this.#hasLoaded();
    await this.chat.readAll();
  }

  /** A long channel shows its newest messages, a short one its beginning as well. */
  async #hasLoaded(): Promise<void> {
    await this.page.locator('blip-welcome').or(this.chat.messages).first().waitFor();
  }

  /** Switches what the bot may do in this channel, or what the channel is like. */
  async toggle(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Channel settings' }).click();
    const box = this.page.getByRole('switch', { name, exact: true });
    const before = await box.isChecked();
    await box.click();
    await expect.poll(() => box.isChecked()).toBe(!before);
    await this.page.keyboard.press('Escape');
  }

  /**
   * Looks at a part of the page: the newest messages, and whatever else. Waits until all of it shows; keeps a picture in
   * docs/tour where that is wanted.
   */
  async take(name: string, messages: number, ...others: readonly Locator[]): Promise<void> {
    await this.page.mouse.move(0, 0);
    await this.page.locator('blip-pending-command, blip-pending-message').waitFor({ state: 'detached' });
    const pictures = this.page.locator('blip-message-list img');
    await expect
      .poll(
        () => pictures.evaluateAll((all) => all.every((one) => (one as HTMLImageElement).complete)),
        patience,
      )
      .toBe(true);
    const list = await boxOf(this.page.locator('blip-message-list'));
    const count = await this.chat.messages.count();
    const shown = Array.from({ length: messages }, (_, i) => this.chat.messages.nth(count - messages + i));
    await this.#showsTo(shown.at(-1), list);
    const boxes = await Promise.all([
      ...shown.map(async (message) => within(await boxOf(message), list)),
      ...others.map(boxOf),
    ]);
    const box = within(around(boxes), { left: 0, top: 0, right: viewport.width, bottom: viewport.height });
    this.taken.add(name);
    if (keepsPictures) await this.#keep(name, box);
  }

  /** The list follows what grows at its end a moment later. */
  async #showsTo(newest: Locator | undefined, list: Box): Promise<void> {
    if (!newest) return;
    const bottom = async () => (await boxOf(newest)).bottom;
    await expect.poll(bottom, patience).toBeLessThanOrEqual(list.bottom);
  }

  async #keep(name: string, { left, top, right, bottom }: Box): Promise<void> {
    const clip = { x: left, y: top, width: right - left, height: bottom - top };
    const picture = await this.page.screenshot({ clip, animations: 'disabled', caret: 'hide' });
    mkdirSync(folder, { recursive: true });
    await sharp(picture).png({ palette: true, colours: 96, effort: 10 }).toFile(`${folder}${name}.png`);
  }

  /** Names of the pictures in docs/tour. Where pictures are kept, those of former tours are gone. */
  keptPictures(): string[] {
    const names = readdirSync(folder).map((file) => file.replace(/\.png$/, ''));
    if (!keepsPictures) return names;
    for (const name of names) if (!this.taken.has(name)) rmSync(`${folder}${name}.png`);
    return names.filter((name) => this.taken.has(name));
  }
}

async function boxOf(part: Locator): Promise<Box> {
  await part.waitFor();
  const box = await part.boundingBox();
  if (!box || box.width * box.height === 0) throw new Error(`${part} takes no room on the page.`);
  return { left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
}

function within(box: Box, outer: Box): Box {
  return {
    left: Math.max(box.left, outer.left),
    top: Math.max(box.top, outer.top),
    right: Math.min(box.right, outer.right),
    bottom: Math.min(box.bottom, outer.bottom),
  };
}

function around(boxes: readonly Box[]): Box {
  return {
    left: Math.floor(Math.min(...boxes.map(({ left }) => left)) - marginPx),
    top: Math.floor(Math.min(...boxes.map(({ top }) => top)) - marginPx),
    right: Math.ceil(Math.max(...boxes.map(({ right }) => right)) + marginPx),
    bottom: Math.ceil(Math.max(...boxes.map(({ bottom }) => bottom)) + marginPx),
  };
}
