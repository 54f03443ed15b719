import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isWeightType, readSafetensors } from '../../models/checkpoint/safetensors.ts';
import { CheckpointError } from '../../models/errors.ts';
import { headerBytes, prefixed, writeSafetensors } from './support/safetensors.ts';

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
    ['empty', Buffer.alloc(0), /is empty. Download it again/],
    ['a cut-off header', headerBytes({ a: 1 }).subarray(0, 10), /damaged or cut off. Download it again/],
    ['a header longer than the file', Buffer.from('ffffffffffffff7f00', 'hex'), /expected a header of/],
    [
      'a header that is no JSON',
      Buffer.concat([headerBytes({}).subarray(0, 8), Buffer.from('{]      ')]),
      /JSON/,
    ],
    ['a header that is a list', headerBytes([1, 2]), /JSON object/],
    ['a pickle', Buffer.from('80027d71002e504b0304', 'hex'), /is a pickle or a zip.* save_pretrained/],
    ['a zip', Buffer.from('PK\u0003\u0004and the rest'), /is a pickle or a zip.* save_pretrained/],
    [
      'a zip as long as a header that its first bytes could tell of',
      Buffer.concat([Buffer.from('504b000000000000', 'hex'), Buffer.alloc(19280)]),
      /is a pickle or a zip/,
    ],
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
    [
      'an unknown type that the file is too short for',
      withTensor({ dtype: 'F8', shape: [9], data_offsets: [0, 9] }, 8),
      /cut off: weight ends at byte/,
    ],
    [
      'an unknown type that ends before it starts',
      withTensor({ dtype: 'constructor', shape: [9], data_offsets: [8, 0] }, 8),
      /weight ends before it starts, at \[8, 0\]/,
    ],
    [
      'tensors that share bytes',
      Buffer.concat([
        headerBytes({
          late: { dtype: 'U8', shape: [4], data_offsets: [7, 11] },
          early: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
        }),
        Buffer.alloc(11),
      ]),
      /early and late share bytes/,
    ],
    [
      'bytes behind the last tensor',
      withTensor({ dtype: 'F32', shape: [1], data_offsets: [0, 4] }, 104),
      /bytes 92 to 191 belong to no tensor; it is damaged. Download it again/,
    ],
    [
      'bytes where there is no tensor',
      Buffer.concat([headerBytes({}), Buffer.of(0)]),
      /bytes 16 to 16 belong/,
    ],
    [
      'a hole before the first tensor',
      withTensor({ dtype: 'F32', shape: [1], data_offsets: [8, 12] }, 12),
      /bytes 88 to 95 belong to no tensor/,
    ],
    [
      'a hole between tensors',
      Buffer.concat([
        headerBytes({
          late: { dtype: 'F8', shape: [4], data_offsets: [7, 11] },
          early: { dtype: 'U8', shape: [4], data_offsets: [0, 4] },
        }),
        Buffer.alloc(11),
      ]),
      /bytes 132 to 134 belong to no tensor/,
    ],
    [
      'a header that is no UTF-8',
      Buffer.concat([headerBytes({}).subarray(0, 8), Buffer.from('{"\xff":0} ', 'latin1')]),
      /JSON object/,
    ],
  ])('refuses %s', async (name, content, message) => {
    const file = await written(`${name}.safetensors`, content);
    const reading = readSafetensors(file);
    await expect(reading).rejects.toThrow(CheckpointError);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(file);
  });

  it('takes tensors in any order, empty ones and single numbers', async () => {
    const file = await written(
      'any order.safetensors',
      Buffer.concat([
        headerBytes({
          late: { dtype: 'F32', shape: [], data_offsets: [8, 12] },
          early: { dtype: 'I64', shape: [1], data_offsets: [0, 8] },
          none: { dtype: 'F32', shape: [0, 3], data_offsets: [8, 8] },
        }),
        Buffer.alloc(12),
      ]),
    );
    const { tensors } = await readSafetensors(file);
    expect([...tensors.keys()]).toEqual(['late', 'early', 'none']);
  });

  it.each([640, 896, 1152, 1408, 19280, 65536 + 640])(
    'takes a header of %i bytes, whose length begins as a pickle or a zip does',
    async (length) => {
      const json = JSON.stringify({ weight: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } });
      const content = Buffer.concat([prefixed(json.padEnd(length)), Buffer.alloc(4)]);
      const { tensors } = await readSafetensors(await written(`${length}.safetensors`, content));
      expect(tensors.get('weight')?.offset).toBe(8 + length);
    },
  );

  it('takes a type for unknown that is only a name in JavaScript', () => {
    expect(['F32', 'constructor', 'toString'].map(isWeightType)).toEqual([true, false, false]);
  });

  it.each([
    ['a folder', (file: string) => mkdir(file)],
    ['a named pipe, without waiting for its writer', (file: string) => promisify(execFile)('mkfifo', [file])],
  ])('refuses %s', async (name, make) => {
    const file = join(folder, name);
    await make(file);
    const reading = readSafetensors(file);
    await expect(reading).rejects.toThrow(CheckpointError);
    await expect(reading).rejects.toThrow(`${file} is not a file. Put the weights there`);
  });

  it('refuses a file that cannot be opened, with the cause', async () => {
    const error = await readSafetensors(join(folder, 'absent')).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(CheckpointError);
    expect(error).toMatchObject({
      message: expect.stringMatching(/absent can't be read. Check its permissions/),
      cause: expect.objectContaining({ code: 'ENOENT' }),
    });
  });
});
