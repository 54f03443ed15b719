import { describe, expect, it } from 'vitest';
import { AnswerText } from '../../models/generation/answer-text.ts';

/** A tokenizer whose tokens are bytes, or pieces of text by number. */
const pieces = (table: readonly (string | Uint8Array)[]) => (ids: readonly number[]) =>
  new TextDecoder().decode(Buffer.concat(ids.map((id) => Buffer.from(table[id] ?? ''))));

/** Pushes all pieces and says what became visible with each, and with the end. */
function stream(table: readonly (string | Uint8Array)[], stop: readonly string[] = []) {
  const answer = new AnswerText(pieces(table), stop);
  const shown: string[] = [];
  for (const id of table.keys()) {
    shown.push(answer.push(id));
    if (answer.stopped) break;
  }
  return { answer, shown, rest: answer.finish() };
}

describe('AnswerText', () => {
  it('shows words as they come and drops the white space around the answer', () => {
    const { answer, shown, rest } = stream([' a', ' dog', ' ', '\n']);
    expect(shown).toEqual(['a', ' dog', '', '']);
    expect(rest).toBe('');
    expect(answer.text).toBe('a dog');
  });

  it('cuts before a stop string inside one token', () => {
    const { answer, shown } = stream([' red', '. Question: and', ' more'], ['Question:']);
    expect(answer.stopped).toBe(true);
    expect(answer.text).toBe('red.');
    expect(shown).toEqual(['red', '.']);
  });

  it('holds back what may begin a stop string, and gives it out when it does not', () => {
    const { answer, shown } = stream([' Is', ' Qu', 'est', 'or'], ['Question:']);
    expect(shown).toEqual(['Is', '', '', ' Questor']);
    expect(answer.text).toBe('Is Questor');
  });

  it('gives out at the end what was held back', () => {
    const { answer, rest } = stream(['the', ' Quest'], ['Question:']);
    expect(rest).toBe(' Quest');
    expect(answer.text).toBe('the Quest');
  });

  it('never shows a part of a stop string that comes in pieces', () => {
    const { answer, shown, rest } = stream(['yes', ' Q', 'ues', 'tion', ':', ' no'], ['Question:']);
    expect(shown.join('') + rest).toBe('yes');
    expect(answer.text).toBe('yes');
    expect(answer.tokens).toEqual([0, 1, 2, 3, 4]);
  });

  it('ends before whichever stop string comes first in the text', () => {
    expect(stream(['one two three'], ['three', 'two']).answer.text).toBe('one');
  });

  it('is empty when the answer begins with a stop string', () => {
    expect(stream(['\n', 'more'], ['\n']).answer.text).toBe('');
  });

  it('waits for the rest of a character that is split over tokens', () => {
    const pizza = Buffer.from('🍕');
    const { shown, answer } = stream(['a ', pizza.subarray(0, 1), pizza.subarray(1, 3), pizza.subarray(3)]);
    expect(shown).toEqual(['a', '', '', ' 🍕']);
    expect(answer.text).toBe('a 🍕');
  });

  it('finds a stop string of characters that are split over tokens', () => {
    const stop = Buffer.from('é🍕');
    const { shown, answer } = stream(
      ['caf', stop.subarray(0, 1), stop.subarray(1, 4), stop.subarray(4)],
      ['é🍕'],
    );
    expect(shown.join('')).toBe('caf');
    expect(answer.text).toBe('caf');
  });

  it('shows an unfinished character when nothing more comes', () => {
    const { rest } = stream(['a', Buffer.from('é').subarray(0, 1)]);
    expect(rest).toBe('\uFFFD');
  });

  it('takes no heed of an empty stop string', () => {
    expect(stream(['a'], ['']).answer.text).toBe('a');
  });
});
