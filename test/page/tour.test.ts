// Goes through every feature in docs/features.md as a person would, with one browser and one bot. `npm run tour` keeps
// a picture of each in docs/tour.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isSkipped, why } from './support/browser.ts';
import { Tour } from './support/tour.ts';
import { altText } from './tour/alt-text.ts';
import { answers } from './tour/answers.ts';
import { asking } from './tour/asking.ts';
import { capture } from './tour/capture.ts';
import { help } from './tour/help.ts';
import { memory } from './tour/memory.ts';
import { localDiscord } from './tour/page.ts';
import { slowAnswers } from './tour/slow-answers.ts';
import { watching } from './tour/watching.ts';

const features = readFileSync(new URL('../../docs/features.md', import.meta.url), 'utf8');

describe.skipIf(isSkipped)(`a tour of all features${why}`, { timeout: 60_000 }, () => {
  let opened: Tour;
  const tour = () => opened;

  beforeAll(async () => {
    opened = await Tour.open();
  }, 120_000);

  beforeEach(() => tour().begin());

  afterAll(async () => {
    await opened?.close();
  });

  describe('1. capture', () => capture(tour));
  describe('2. asking', () => asking(tour));
  describe('3. answers', () => answers(tour));
  describe('3. answers that take long', () => slowAnswers(tour));
  describe('4. memory in sight', () => memory(tour));
  describe('5. watching channels', () => watching(tour));
  describe('6. alt text', () => altText(tour));
  describe('7. help', () => help(tour));
  describe('the local Discord', () => localDiscord(tour));

  it('has a picture of each step, which docs/features.md shows, and no other', () => {
    const linked = [...features.matchAll(/\]\(tour\/([\w-]+)\.png\)/g)].map(([, name]) => String(name));
    const taken = [...tour().taken].sort();
    expect(tour().keptPictures().sort()).toEqual(taken);
    expect([...new Set(linked)].sort()).toEqual(taken);
  });

  it('ends without an error in the browser, and without a word to another host', () => {
    expect(tour().complaints).toEqual([]);
  });
});
