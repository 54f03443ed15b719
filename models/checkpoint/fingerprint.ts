// A short name for what a checkpoint computes: the same for copies of a folder, another when its content changes.
import { createHash, type Hash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SafetensorsFile } from './safetensors.ts';

const CONFIGS = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'];
const PROCESSORS = ['preprocessor_config.json', 'processor_config.json'];
/** Spread evenly over each file, so that retrained weights show although most bytes are never read. */
const SAMPLES = 64;
const SAMPLE_BYTES = 4096;

/** Hashes configs, tokenizer, safetensors headers and sizes, and 64 samples of 4 KiB of each weight file. */
export async function fingerprint(folder: string, files: readonly SafetensorsFile[]): Promise<string> {
  const hash = createHash('sha256');
  for (const name of [...CONFIGS, ...PROCESSORS]) {
    const content = await readFile(join(folder, name)).catch(() => undefined);
    hash.update(`${name}:${content?.byteLength ?? 'absent'}:`).update(content ?? '');
  }
  for (const file of files) {
    hash.update(`${file.byteLength}:`).update(file.header);
    await hashSamples(hash, file);
  }
  return hash.digest('hex').slice(0, 32);
}

async function hashSamples(hash: Hash, { file, byteLength }: SafetensorsFile): Promise<void> {
  await using handle = await open(file);
  const block = new Uint8Array(SAMPLE_BYTES);
  const stride = Math.max(SAMPLE_BYTES, Math.floor(byteLength / SAMPLES));
  for (let position = 0; position < byteLength; position += stride) {
    const { bytesRead } = await handle.read(block, 0, SAMPLE_BYTES, position);
    hash.update(block.subarray(0, bytesRead));
  }
}
