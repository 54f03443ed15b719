// A short name for what a checkpoint computes: the same for copies of a folder, another when its content changes.
import { createHash, type Hash } from 'node:crypto';
import { readSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegularFile } from '../regular-file.ts';
import type { SafetensorsFile } from './safetensors.ts';

const CONFIGS = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'];
const PROCESSORS = ['preprocessor_config.json', 'processor_config.json'];
/** To be changed when other pixels are made of the same picture: kept features are of no use then. */
const PIXELS = 'what is transparent lies on white';
const SAMPLE_BYTES = 1024;

/** Hashes configs, tokenizer, safetensors headers and sizes, and 1 KiB each of every tensor's start, middle and end. */
export async function fingerprint(folder: string, files: readonly SafetensorsFile[]): Promise<string> {
  const hash = createHash('sha256').update(PIXELS);
  for (const name of [...CONFIGS, ...PROCESSORS]) {
    // Not every folder has all of them; one that is there and can't be read is refused by whoever opens the model.
    const content = await readRegularFile(join(folder, name)).catch(() => undefined);
    hash.update(`${name}:${content?.byteLength ?? 'absent'}:`).update(content ?? '');
  }
  await hashWeights(hash, files);
  return hash.digest('hex').slice(0, 32);
}

/** As `fingerprint`, of the weights alone. */
export async function weightsFingerprint(files: readonly SafetensorsFile[]): Promise<string> {
  const hash = createHash('sha256');
  await hashWeights(hash, files);
  return hash.digest('hex').slice(0, 32);
}

/** Sizes and times of the weights' files: another when any byte was written, but also for a copy of the folder. */
export async function filesState(files: readonly SafetensorsFile[]): Promise<string> {
  const hash = createHash('sha256');
  for (const { file } of files) {
    const { size, mtimeNs } = await stat(file, { bigint: true });
    hash.update(`${size} ${mtimeNs}:`);
  }
  return hash.digest('hex').slice(0, 32);
}

async function hashWeights(hash: Hash, files: readonly SafetensorsFile[]): Promise<void> {
  for (const file of files) {
    hash.update(`${file.byteLength}:`).update(file.header);
    await hashSamples(hash, file);
  }
}

/** Retraining moves every weight of the tensors that it touches, so that it shows although most bytes are never read. */
async function hashSamples(hash: Hash, { file, tensors }: SafetensorsFile): Promise<void> {
  await using handle = await open(file);
  const block = new Uint8Array(SAMPLE_BYTES);
  for (const { offset, byteLength } of tensors.values()) {
    const length = Math.min(SAMPLE_BYTES, byteLength);
    const last = byteLength - length;
    for (const start of new Set([0, Math.floor(last / 2), last])) {
      // Thousands of small reads: each on a thread of the pool took ten times as long.
      const bytesRead = readSync(handle.fd, block, 0, length, offset + start);
      hash.update(block.subarray(0, bytesRead));
    }
  }
}
