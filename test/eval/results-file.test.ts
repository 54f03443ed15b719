import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendResult, openResults, PROGRAM, readResults } from '../../src/eval/results-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'blipcord-results-'));
  path = join(folder, 'results.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const header = { program: PROGRAM, model: 'emoji', protocol: { numBeams: 5, seed: undefined }, items: 'abc' };
const answer = (id: string, history = true) => ({ id, history, answer: 'ümläut', logprob: -1 });

describe('a file of results', () => {
  it('gives back what was appended, with and without history', async () => {
    expect((await openResults(path, header)).size).toBe(0);
    await appendResult(path, answer('1'));
    await appendResult(path, answer('1', false));
    const again = await openResults(path, header);
    expect([...again.keys()]).toEqual(['with 1', 'without 1']);
    expect(again.get('with 1')).toEqual(answer('1'));
  });

  it('goes on after a line that was cut in the middle, of a letter even', async () => {
    await openResults(path, header);
    await appendResult(path, answer('1'));
    await appendResult(path, answer('2'));
    const bytes = readFileSync(path);
    const cut = bytes.lastIndexOf(Buffer.from('ü')) + 1;
    writeFileSync(path, bytes.subarray(0, cut));
    expect([...(await openResults(path, header)).keys()]).toEqual(['with 1']);
    await appendResult(path, answer('3'));
    expect([...(await readResults(path)).answers.keys()]).toEqual(['with 1', 'with 3']);
  });

  it('belongs to one run, and is not touched by another', async () => {
    await openResults(path, header);
    await appendResult(path, answer('1'));
    const before = readFileSync(path, 'utf8');
    const other = { ...header, model: 'other' };
    await expect(openResults(path, other)).rejects.toThrow(
      'holds answers of another run: its model is "emoji" there, and "other" here. Name another file with --out, or delete it.',
    );
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it.each([
    [{ numBeams: 3 }, 'protocol.numBeams is 5 there, and 3 here'],
    [{ numBeams: 5, stop: ['.'] }, 'protocol.stop is not set there, and ["."] here'],
    [{}, 'protocol.numBeams is 5 there, and not set here'],
  ])('says of another protocol what alone differs: %j', async (protocol, says) => {
    await openResults(path, header);
    await expect(openResults(path, { ...header, protocol })).rejects.toThrow(
      `holds answers of another run: its ${says}. Name another file with --out, or delete it.`,
    );
  });

  it.each([
    [{ items: 'b0c1' }, 'questions or pictures are others'],
    [{ fingerprint: 'b0c1' }, 'weights are others'],
  ])('says in words what only hashes tell: %j', async (more, says) => {
    await openResults(path, header);
    await expect(openResults(path, { ...header, ...more })).rejects.toThrow(`another run: its ${says}. Name`);
  });

  it.each(['{"id":"2","history":true}', '{"id":2,"history":true,"answer":"a"}', '{"id":', '', 'null'])(
    'names a line that holds no answer: %s',
    async (line) => {
      await openResults(path, header);
      await appendResult(path, answer('1'));
      appendFileSync(path, `${line}\n`);
      const before = readFileSync(path, 'utf8');
      await expect(openResults(path, header)).rejects.toThrow(
        `${path}: line 3 holds no answer of blipcord eval. Delete that line, and its question is asked again.`,
      );
      expect(readFileSync(path, 'utf8')).toBe(before);
    },
  );

  it.each(['hello\n', '{"a": 1}\n', '[1]\nx'])('is told from another file: %j', async (text) => {
    writeFileSync(path, text);
    await expect(openResults(path, header)).rejects.toThrow('holds no answers of blipcord eval.');
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('is told where it is missing or can not be written', async () => {
    await expect(readResults(join(folder, 'absent'))).rejects.toThrow("can't be read");
    await expect(openResults(join(folder, 'a', 'b'), header)).rejects.toThrow("can't be written");
  });
});
