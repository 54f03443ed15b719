// Synthetic checkpoints: what is in them, that they load, and that nothing is left behind when they can't be written.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../models/checkpoint/config.ts';
import { loadTokenizer } from '../../models/checkpoint/tokenizer.ts';
import { CheckpointError } from '../../models/errors.ts';
import { toBf16, toF16 } from '../../models/half-floats.ts';
import { LocalBackend } from '../../models/local-backend.ts';
import { planTensors } from '../../models/synth/plan-tensors.ts';
import { type SynthesisOptions, synthesise } from '../../models/synth/synthesise.ts';
import { totalBytes } from '../../models/synth/write-shards.ts';
import { drain } from './support/drain.ts';
import { numbers } from './support/formula.ts';
import { readGoldens, writeCheckpoint } from './support/goldens.ts';

let parent: string;
let made = 0;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'blipcord-synth-'));
});
afterAll(() => rmSync(parent, { recursive: true }));

async function make(options: Partial<SynthesisOptions> = {}): Promise<string> {
  const folder = join(parent, String(made++));
  await synthesise({ like: 'tiny', dtype: 'F32', seed: 0, ...options, folder });
  return folder;
}

const preprocess = async () => numbers('pixels', 3 * 56 * 56, [0, 1, 24]);

async function answers(folder: string) {
  const backend = await LocalBackend.open(folder, { preprocess });
  const features = await backend.encodeImage(new Uint8Array());
  const results = [];
  for (const prompt of ['', 'Question: What is this? Answer:']) {
    results.push((await drain(backend.generate({ features, prompt, maxNewTokens: 20 }))).result);
  }
  await backend.close();
  return results;
}

describe('the tensors of a synthetic checkpoint', () => {
  // T5's are stored in so many ways that its goldens are about those.
  const goldens = readGoldens().filter(({ name }) => !name.startsWith('t5-'));

  it.each(goldens)('are those that save_pretrained writes for $name', async (golden) => {
    const folder = join(parent, golden.name);
    await writeCheckpoint(folder, golden);
    const planned = planTensors(await readConfig(folder));
    const shapes = Object.entries(golden.tensors).map(([name, { shape }]) => [name, shape]);
    expect(Object.fromEntries(planned.map(({ name, shape }) => [name, shape]))).toEqual(
      Object.fromEntries(shapes),
    );
  });

  // By the Hub's count of parameters: 3.74, 7.75, 3.94 and 12.2 billion.
  it.each([
    ['opt-2.7b', '15.0 GB'],
    ['opt-6.7b', '31.0 GB'],
    ['flan-t5-xl', '15.8 GB'],
    ['flan-t5-xxl', '48.9 GB'],
  ] as const)('like %s take %s, as the published ones do', async (like, bytes) => {
    await expect(make({ like, freeBytes: async () => 0 })).rejects.toThrow(`and ${bytes} are needed`);
  });
});

describe('a synthetic checkpoint', () => {
  it.each([
    ['tiny', 'F32'],
    ['tiny', 'F16'],
    ['tiny', 'BF16'],
    ['tiny-t5', 'F32'],
    ['tiny-t5', 'BF16'],
  ] as const)('like %s in %s loads and answers each prompt in its own words', async (like, dtype) => {
    const results = await answers(await make({ like, dtype }));
    for (const { tokens } of results) {
      expect(tokens.length).toBeGreaterThan(8); // rather than end at once
      expect(new Set(tokens).size).toBeGreaterThan(6); // rather than repeat a word
    }
    expect(results[0]?.tokens).not.toEqual(results[1]?.tokens);
  });

  it.each(['tiny', 'tiny-t5'] as const)('like %s cuts an answer into the same tokens again', async (like) => {
    const tokenizer = await loadTokenizer(await make({ like }));
    const ids = [410, 523, 333, 612, 708, 399];
    const prompt = tokenizer.promptIds(`Answer:${tokenizer.decode(ids).replace(/^(?! )/, ' ')}.`);
    expect(prompt.join(' ')).toContain(ids.join(' '));
    expect(tokenizer.promptIds('Question: What is in the picture? Answer:').length).toBeLessThan(14);
  });

  it('depends on its seed alone', async () => {
    const weights = async (options: Partial<SynthesisOptions>) =>
      readFileSync(join(await make(options), 'model.safetensors'));
    const first = await weights({ seed: 7 });
    expect(first.equals(await weights({ seed: 7 }))).toBe(true);
    expect(first.equals(await weights({ seed: 8 }))).toBe(false);
  });

  it('says the same whether it lies in one file or in several', async () => {
    const sharded = await make({ maxShardBytes: 200_000 });
    const shards = readdirSync(sharded).filter((name) => name.endsWith('.safetensors'));
    expect(shards.length).toBeGreaterThan(2);
    expect(shards[0]).toBe(`model-00001-of-0000${shards.length}.safetensors`);
    expect(await answers(sharded)).toEqual(await answers(await make()));
  });

  it('tells how far it is, up to the last byte', async () => {
    const seen: number[][] = [];
    const folder = await make({ onProgress: (...progress) => seen.push(progress) });
    const total = totalBytes(planTensors(await readConfig(folder)), 'F32');
    expect(seen.at(-1)).toEqual([total, total]);
    expect(seen.every(([written = 0], at) => written > (seen[at - 1]?.[0] ?? 0))).toBe(true);
  });
});

describe('where a synthetic checkpoint cannot be written', () => {
  const entries = () => readdirSync(parent).sort();

  it('a folder that exists already stays as it is', async () => {
    const folder = join(parent, 'taken');
    mkdirSync(folder);
    const before = entries();
    const refused = synthesise({ like: 'tiny', dtype: 'F32', seed: 0, folder });
    await expect(refused).rejects.toThrow(
      new CheckpointError(`${folder} exists already. Name a folder that doesn't, or remove it first.`),
    );
    expect(entries()).toEqual(before);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a folder to put it in has to be there', async () => {
    const folder = join(parent, 'nowhere', 'model');
    const refused = synthesise({ like: 'tiny', dtype: 'F32', seed: 0, folder });
    await expect(refused).rejects.toThrow(`There is no folder ${join(parent, 'nowhere')} to put model in.`);
  });

  it('a full disk is noticed before the first weight is written', async () => {
    const before = entries();
    const written: number[] = [];
    const refused = make({
      like: 'opt-2.7b',
      freeBytes: async () => 142e6,
      onProgress: (bytes) => written.push(bytes),
    });
    await expect(refused).rejects.toThrow(/has 142 MB free, and 15\.0 GB are needed\. Make room/);
    expect(written).toEqual([]);
    expect(entries()).toEqual(before);
  });

  it('an interruption leaves nothing behind', async () => {
    const before = entries();
    const stop = new AbortController();
    const interrupted = make({ signal: stop.signal, onProgress: () => stop.abort(new Error('Enough.')) });
    await expect(interrupted).rejects.toThrow('Enough.');
    expect(entries()).toEqual(before);
  });
});

describe('numbers of 16 bits', () => {
  const valueOfF16 = (bits: number) => {
    const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
    const size = exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
    return bits & 0x8000 ? -size : size;
  };

  it('in f16 are found again, every one', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      if (((bits >> 10) & 31) === 31) continue; // infinities and what is no number
      expect(toF16(valueOfF16(bits))).toBe(bits);
    }
  });

  it('in f16 are rounded to the nearest, to the even one of two', () => {
    for (let bits = 0; bits < 0x7bff; bits += 7) {
      const [low, high] = [valueOfF16(bits), valueOfF16(bits + 1)];
      expect(toF16(low + (high - low) * 0.49)).toBe(bits);
      expect(toF16(low + (high - low) * 0.51)).toBe(bits + 1);
      expect(toF16((low + high) / 2)).toBe(bits + (bits % 2));
    }
    expect([toF16(65_519), toF16(65_520), toF16(-1e9)]).toEqual([0x7bff, 0x7c00, 0xfc00]);
  });

  it('in bf16 are rounded to the nearest, to the even one of two', () => {
    expect([1, -2, 1 + 2 ** -8, 1 + 3 * 2 ** -8, 1 + 2 ** -8 + 2 ** -20].map(toBf16)).toEqual([
      0x3f80, 0xc000, 0x3f80, 0x3f82, 0x3f81,
    ]);
  });
});
