// Where the tests of the page sit: before the real program with the embedded model, in Chromium.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { openBrowser, type Visit, visit } from './browser.ts';
import { Chat } from './chat.ts';
import { build, type Program, startProgram } from './program.ts';

/** Of use once the hooks have run. */
class Seat {
  browser!: Browser;
  program!: Program;
  page!: Page;
  chat!: Chat;
  #seen: Visit | undefined;
  #mayComplain = false;

  async open(): Promise<void> {
    await build();
    [this.browser, this.program] = await Promise.all([openBrowser(), startProgram()]);
  }

  async visit(): Promise<void> {
    this.#mayComplain = false;
    this.#seen = await visit(this.browser, this.program.url);
    this.page = this.#seen.page;
    this.chat = new Chat(this.page);
    await this.chat.readAll();
  }

  /** For a test that makes the page complain. */
  mayComplain(): void {
    this.#mayComplain = true;
  }

  expectNoComplaints(): void {
    if (!this.#mayComplain) expect(this.#seen?.complaints).toEqual([]);
  }

  async close(): Promise<void> {
    await this.browser?.close();
    await this.program?.stop();
  }
}

/** Call it inside a `describe`: each of its tests gets a page of its own, which must not complain. */
export function aPageForEach(): Seat {
  const seat = openSeat();
  beforeEach(async ({ onTestFinished }) => {
    await seat.visit();
    onTestFinished(async () => {
      await seat.page.context().close();
      seat.expectNoComplaints();
    });
  });
  return seat;
}

/** Call it inside a `describe`: its tests go on with one page, which must not complain. */
export function onePageForAll(): Seat {
  const seat = openSeat();
  beforeAll(() => seat.visit(), 60_000);
  beforeEach(() => seat.chat.readAll());
  afterAll(() => seat.expectNoComplaints());
  return seat;
}

function openSeat(): Seat {
  const seat = new Seat();
  beforeAll(() => seat.open(), 60_000);
  afterAll(() => seat.close());
  return seat;
}
