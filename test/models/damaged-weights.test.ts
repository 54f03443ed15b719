// What is said of quantised weights that hold what is no number: the file that does, and what makes it again.
import { mkdir, mkdtemp, open, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { NumberError } from '../../models/errors.ts';
import { LocalBackend } from '../../models/local-backend.ts';
import { Matcher } from '../../models/matcher.ts';
import { makeRecipe } from '../../models/quantise/parts.ts';
import { quantiseCheckpoint } from '../../models/quantise/quantise-checkpoint.ts';
import { drain } from './support/drain.ts';
import {
  type GoldenCheckpoint,
  goldenPixels,
  readGolden,
  readRetrievalGolden,
  writeCheckpoint,
} from './support/goldens.ts';

const plain = readGolden('plain');
const retrieval = readRetrievalGolden('plain');
const image = new Uint8Array();

let folder: string;
beforeEach(async () => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'blipcord-damaged-')));
  onTestFinished(() => rm(root, { recursive: true }));
  folder = join(root, 'models--Salesforce--blip2', 'snapshots', 'c0ffee');
  await mkdir(folder, { recursive: true });
});

const said = (command: string) =>
  new NumberError(
    `The model computed what is no number, because ${join(folder, 'model.int4.safetensors')} or the checkpoint's image_std holds such. Where it ran on another device than the CPU, try the CPU first; else delete that file and make it again: ${command}`,
  );

/** All that the file holds is no number. */
async function quantiseDamaged(golden: GoldenCheckpoint): Promise<void> {
  await writeCheckpoint(folder, golden);
  const { file, bytes } = await quantiseCheckpoint(folder, { recipe: makeRecipe('int4', ['head=f32']) });
  await using handle = await open(file, 'r+');
  const header = Buffer.alloc(8);
  await handle.read(header, 0, 8, 0);
  const start = 8 + Number(header.readBigUInt64LE());
  await handle.write(Buffer.alloc(bytes - start, 0xff), 0, bytes - start, start);
}

async function answer(): Promise<unknown> {
  const preprocess = async () => goldenPixels(plain);
  const backend = await LocalBackend.open(folder, { preprocess, weights: 'int4' });
  onTestFinished(() => backend.close());
  const features = await backend.encodeImage(image);
  return drain(backend.generate({ features, prompt: '', maxNewTokens: 2 }));
}

it('names what quantises them again', async () => {
  await quantiseDamaged(plain);
  await expect(answer()).rejects.toThrow(said(`blipcord quantize ${folder} --weights int4 --keep head=f32`));
});

it('names what pulls them again where the stored weights are not there', async () => {
  await quantiseDamaged(plain);
  await rm(join(folder, 'model.safetensors'));
  await expect(answer()).rejects.toThrow(
    said('blipcord pull Salesforce/blip2@c0ffee --weights int4 --keep head=f32'),
  );
});

it('says so of a checkpoint that matches, too', async () => {
  await quantiseDamaged(retrieval);
  const preprocess = async () => goldenPixels(retrieval);
  const matcher = await Matcher.open(folder, { preprocess, weights: 'int4' });
  onTestFinished(() => matcher.close());
  await expect(matcher.match(await matcher.embedImage(image), 'a dog')).rejects.toThrow(
    said(`blipcord quantize ${folder} --weights int4 --keep head=f32`),
  );
});
