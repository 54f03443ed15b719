import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors } from '../../models/checkpoint/safetensors.ts';
import { CheckpointError } from '../../models/errors.ts';
import { headerBytes, writeSafetensors } from './support/safetensors.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blipcord-safetensors-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(name: string, content: Uint8Array | string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

const withTensor = (entry: unknown, bytes: number) =>
  Buffer.concat([headerBytes({ __metadata__: {}, weight: entry }), Buffer.alloc(bytes)]);

describe('readSafetensors', () => {
  it('says where each tensor lies in the file', async () => {
    const file = join(folder, 'good.safetensors');
    const tensor = (values: number[]) => ({
      dtype: 'F32' as const,
      shape: [1, values.length],
      values: Float32Array.from(values),
    });
    await writeSafetensors(
      file,
      new Map([
        ['a', tensor([1, 2])],
        ['b', tensor([3])],
      ]),
    );
    const { tensors, header, byteLength } = await readSafetensors(file);
    const start = 8 + header.byteLength;
    expect(tensors.get('b')).toEqual({ dtype: 'F32', shape: [1, 1], file, offset: start + 8, byteLength: 4 });
    expect([...tensors.keys()]).toEqual(['a', 'b']);
    expect(byteLength).toBe(start + 12);
  });

  it.each([
    ['empty', Buffer.alloc(0), /expected a header of 0 bytes in a file of 0 bytes/],
    ['a cut-off header', headerBytes({ a: 1 }).subarray(0, 10), /damaged or cut off. Download it again/],
    ['a header longer than the file', Buffer.from('ffffffffffffff7f00', 'hex'), /expected a header of/],
    [
      'a header that is no JSON',
      Buffer.concat([headerBytes({}).subarray(0, 8), Buffer.from('{]      ')]),
      /JSON/,
    ],
    ['a header that is a list', headerBytes([1, 2]), /JSON object/],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n', /git lfs pull/],
    ['an entry without offsets', withTensor({ dtype: 'F32', shape: [1] }, 4), /entry for weight is damaged/],
    [
      'fewer bytes than the header promises',
      withTensor({ dtype: 'F32', shape: [2], data_offsets: [0, 8] }, 7),
      /cut off: weight ends at byte/,
    ],
    [
      'a length that does not fit the shape',
      withTensor({ dtype: 'F16', shape: [2], data_offsets: [0, 8] }, 8),
      /weight is F16 \[2\], which takes 4 bytes, but the header gives it 8/,
    ],
  ])('refuses %s', async (name, content, message) => {
    const file = await written(`${name}.safetensors`, content);
    const reading = readSafetensors(file);
    await expect(reading).rejects.toThrow(CheckpointError);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(file);
  });
});
