import { describe, expect, it } from 'vitest';
import { LONGEST_LINE, splitLines } from '../../src/cli/split-lines.ts';
import { inOrder } from '../../src/in-order.ts';
import { deferred } from '../support/deferred.ts';

describe('inOrder', () => {
  it('yields results in the order of the items, whichever is ready first', async () => {
    const waits = [30, 1, 20, 0, 10];
    const work = (ms: number) => new Promise<number>((resolve) => setTimeout(() => resolve(ms), ms));
    expect(await all(inOrder(from(waits), work, 3))).toEqual(waits);
  });

  it('works on so many items at once and no more', async () => {
    let [atOnce, most] = [0, 0];
    const work = async () => {
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setTimeout(resolve, 1));
      atOnce--;
    };
    await all(inOrder(from(Array.from({ length: 40 })), work, 8));
    expect(most).toBe(8);
  });

  it('takes no further items while the first result is not there or not taken', async () => {
    let taken = 0;
    async function* endless() {
      while (true) yield taken++;
    }
    const first = deferred();
    const results = inOrder(endless(), (item) => (item === 0 ? first.promise : Promise.resolve()), 8);
    const next = results.next();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(taken).toBe(8);
    first.resolve();
    await next;
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(taken).toBe(8);
    await results.return();
  });

  it('yields a result while it waits for the next item', async () => {
    const second = deferred();
    async function* slow() {
      yield 1;
      await second.promise;
      yield 2;
    }
    const results = inOrder(slow(), async (item) => item, 8);
    expect(await results.next()).toEqual({ done: false, value: 1 });
    second.resolve();
    expect(await results.next()).toEqual({ done: false, value: 2 });
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  it('throws what the items throw', async () => {
    async function* broken() {
      yield 1;
      throw new Error('no more');
    }
    await expect(all(inOrder(broken(), async (item) => item, 8))).rejects.toThrow('no more');
  });

  it('yields nothing for nothing', async () => {
    expect(await all(inOrder(from([]), async () => 1, 8))).toEqual([]);
  });
});

describe('splitLines', () => {
  it('puts lines together that come in pieces, in the middle of a character as well', async () => {
    const bytes = Buffer.from('{"a":"é"}\r\n\n  \n{"b":"日本"}\nlast');
    const pieces = Array.from(bytes, (byte) => Buffer.from([byte]));
    const lines = await all(splitLines(from(pieces)));
    expect(lines).toEqual(['{"a":"é"}\r', '{"b":"日本"}', 'last']);
    expect(await all(splitLines(from([bytes])))).toEqual(lines);
  });

  it('drops a byte order mark', async () => {
    expect(await all(splitLines(from([Buffer.from('\uFEFF{}\n')])))).toEqual(['{}']);
  });

  it('keeps no more of an endless line than tells that it is too long', async () => {
    const piece = Buffer.alloc(LONGEST_LINE / 2, 'x');
    const [long = '', next] = await all(
      splitLines(from([piece, piece, piece, piece, Buffer.from('\nnext')])),
    );
    expect(long).toHaveLength(LONGEST_LINE + 1);
    expect(next).toBe('next');
  });
});

async function* from<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
