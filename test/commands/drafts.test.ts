import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { draftText, isDraft } from '../../commands/draft-text.ts';
import { type DraftPlace, Drafts } from '../../commands/drafts.ts';
import { deferred } from '../support/deferred.ts';
import { silentLog } from '../support/logs.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Notes what is shown. */
function placeThatNotes(sourceId = 'question', channelId = 'channel') {
  const shown: string[] = [];
  const show = vi.fn(async (text: string): Promise<void> => {
    shown.push(text.replace(' ⏳', ''));
  });
  const place: DraftPlace = { sourceId, channelId, locale: 'en-US', messageId: `${sourceId}'s draft`, show };
  return { place, shown, show };
}

const writing = (text: string) => ({ stage: 'writing', text }) as const;
const badGateway = Object.assign(new Error('Bad Gateway'), { status: 502 });
const forbidden = Object.assign(new Error('Missing Permissions'), { status: 403 });

/** An answer that is written as the test wants it to be. */
function begin(drafts: Drafts, place: DraftPlace, whenShown?: () => void) {
  const { promise, resolve } = deferred<string>();
  let tell: (text: string) => void = () => {};
  const answer = drafts.during(
    place,
    (onProgress) => {
      tell = (text) => onProgress(writing(text));
      return promise;
    },
    whenShown,
  );
  return { answer, write: (text: string) => tell(text), end: resolve };
}

describe('the draft of an answer', () => {
  it('shows after two seconds and changes at most once a second, and only where the text did', async () => {
    const { place, shown } = placeThatNotes();
    const whenShown = vi.fn();
    const { answer, write, end } = begin(new Drafts(silentLog), place, whenShown);
    write('a');
    await vi.advanceTimersByTimeAsync(1_990);
    expect(shown).toEqual([]);
    await vi.advanceTimersByTimeAsync(20);
    expect(shown).toEqual(['a']);
    for (const text of ['a r', 'a ro', 'a roc']) write(text);
    await vi.advanceTimersByTimeAsync(900);
    expect(shown).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(shown).toEqual(['a', 'a roc']);
    expect(whenShown).toHaveBeenCalledOnce();
    end('a rocket');
    expect(await answer).toBe('a rocket');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(shown).toEqual(['a', 'a roc']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('never shows where the answer comes sooner, or fails sooner', async () => {
    const { place, shown } = placeThatNotes();
    const drafts = new Drafts(silentLog);
    expect(await drafts.during(place, async () => 'a rocket')).toBe('a rocket');
    await expect(drafts.during(place, () => Promise.reject(forbidden))).rejects.toBe(forbidden);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(shown).toEqual([]);
  });

  it('shares what Discord allows in a channel with the others there', async () => {
    const drafts = new Drafts(silentLog);
    const places = ['one', 'two'].map((id) => placeThatNotes(id));
    const elsewhere = placeThatNotes('three', 'another channel');
    const answers = [...places, elsewhere].map(({ place }) => begin(drafts, place));
    for (let at = 0; at < 55; at += 1) {
      for (const { write } of answers) write(`${at}`);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(places.map(({ shown }) => shown.length)).toEqual([2, 2]);
    expect(elsewhere.shown).toHaveLength(4);
  });

  it('tries again what Discord failed at, and never what it refused', async () => {
    const drafts = new Drafts(silentLog);
    const passing = placeThatNotes('one');
    passing.show.mockRejectedValueOnce(badGateway);
    const refused = placeThatNotes('two', 'another channel');
    refused.show.mockRejectedValueOnce(forbidden);
    const answers = [passing, refused].map(({ place }) => begin(drafts, place));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(passing.show).toHaveBeenCalledTimes(2);
    expect(refused.show).toHaveBeenCalledOnce();
    for (const { end } of answers) end('a rocket');
    expect(await Promise.all(answers.map(({ answer }) => answer))).toEqual(['a rocket', 'a rocket']);
  });

  it('is waited for where it is on its way, so that it comes before the answer', async () => {
    const { place, show } = placeThatNotes();
    const sent = deferred();
    show.mockImplementationOnce(() => sent.promise);
    const { answer, end } = begin(new Drafts(silentLog), place);
    await vi.advanceTimersByTimeAsync(2_000);
    const isAnswered = vi.fn();
    void answer.then(isAnswered);
    end('a rocket');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(isAnswered).not.toHaveBeenCalled();
    sent.resolve();
    expect(await answer).toBe('a rocket');
  });

  it('leads to what asked, as long as it is one', async () => {
    const drafts = new Drafts(silentLog);
    const { answer, end } = begin(drafts, placeThatNotes('question').place);
    expect(drafts.sourceOf("question's draft")).toBe('question');
    expect(drafts.sourceOf('question')).toBeUndefined();
    end('a rocket');
    await answer;
    expect(drafts.sourceOf("question's draft")).toBeUndefined();
  });
});

describe('the text of a draft', () => {
  it('fits in one message, however long the answer is', () => {
    const above = `> ${'x'.repeat(600)}\n`;
    const text = draftText(writing('There is a dog. '.repeat(300)), { locale: 'de', above });
    expect(text.length).toBeLessThanOrEqual(2_000);
    expect(text.startsWith(above)).toBe(true);
    expect(isDraft({ content: text })).toBe(true);
  });

  it('says in the language of whoever reads it what is done where nothing is written', () => {
    const place = { locale: 'de' };
    expect(draftText({ stage: 'looking' }, place)).toBe('-# Ich sehe mir das Bild an … ⏳');
    expect(draftText(writing(' '), place)).toBe('-# Ich denke nach … ⏳');
    expect(draftText({ stage: 'loading' }, place)).toBe('-# Ich starte mein Modell neu … ⏳');
  });

  it.each([
    ['en-US', 1, 900, '1 question is before yours, about 1 second.'],
    ['en-US', 3, 12_000, '3 questions are before yours, about 12 seconds.'],
    ['de', 1, undefined, '1 Frage ist vor deiner an der Reihe.'],
    ['de', 2, 31_000, '2 Fragen sind vor deiner an der Reihe, etwa 35 Sekunden.'],
    ['fr', 2, 130_000, '2 questions passent avant la tienne, environ 3 minutes.'],
    ['es-ES', 1, 2_000, '1 pregunta va antes que la tuya, aproximadamente 2 segundos.'],
    ['ja', 2, 12_000, 'あなたの質問の前に2件の質問があります（約12 秒）。'],
    ['zh-CN', 2, 12_000, '你前面还有2个问题，大约12秒钟。'],
  ])('says in %s that %i come before, and for %s ms', (locale, before, waitMs, text) => {
    const progress = { stage: 'waiting', before, ...(waitMs !== undefined && { waitMs }) } as const;
    expect(draftText(progress, { locale })).toBe(`-# ${text} ⏳`);
  });

  it('counts down, and promises nothing where it took longer than was thought', () => {
    const progress = { stage: 'waiting', before: 2, waitMs: 12_000 } as const;
    const after = (ms: number) => draftText(progress, { locale: 'en-US' }, ms);
    expect(after(7_500)).toMatch(/about 5 seconds\./);
    expect(after(12_000)).toBe('-# 2 questions are before yours. ⏳');
  });

  it('is no answer, and no answer is one', () => {
    expect(isDraft({ content: 'a rocket ⏳' })).toBe(true);
    expect(isDraft({ content: 'a rocket' })).toBe(false);
    expect(isDraft({ content: 'a rocket ⏳', components: ['buttons'] })).toBe(false);
  });
});
