// Reads what test/oracle/make_goldens.py wrote, and makes the checkpoints that it was written about.
import { readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Formula, numbers } from './formula.ts';
import { type FileTensor, type FileType, writeSafetensors } from './safetensors.ts';

export interface GoldenAnswer {
  readonly prompt: string;
  /** OPT: BOS first; T5: EOS last. */
  readonly ids: readonly number[];
  readonly tokens: readonly number[];
  readonly text?: string;
  readonly finish: 'eos' | 'length';
  /** Of the first step. */
  readonly logits: string;
  /** Of the last one. */
  readonly lastLogits?: string;
}

export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly formula: Formula;
  /** What the formula hashes; default: the tensor's name. */
  readonly seed?: string;
}

/** What a checkpoint's folder is made from. */
export interface GoldenCheckpoint {
  readonly name: string;
  /** Version of transformers whose files these are. */
  readonly layout: 4 | 5;
  readonly dtype: FileType;
  /** A folder in test/goldens, by default opt-tokenizer. */
  readonly tokenizer?: string;
  readonly config: { readonly vision_config: { readonly image_size: number } };
  readonly files: Readonly<Record<string, string>>;
  readonly tensors: Readonly<Record<string, GoldenTensor>>;
}

export interface Golden extends GoldenCheckpoint {
  readonly maxNewTokens: number;
  /** (queries, width) */
  readonly features: string;
  readonly answers: readonly GoldenAnswer[];
}

/** Of a checkpoint that matches: made by test/oracle/make_retrieval_goldens.py. */
export interface RetrievalGolden extends GoldenCheckpoint {
  /** (queries, width) */
  readonly embeddings: string;
  readonly texts: readonly {
    readonly text: string;
    readonly ids: readonly number[];
    /** (width) */
    readonly embedding: string;
    readonly itc: number;
    readonly itm: number;
  }[];
}

export const GOLDENS = fileURLToPath(new URL('../../goldens/', import.meta.url));
/** What the random checkpoints with OPT read: an earlier tokenizer of the embedded one, which stays as it is. */
export const OPT_TOKENIZER = `${GOLDENS}opt-tokenizer/`;
export const EMOJI = fileURLToPath(new URL('../../../models/emoji/', import.meta.url));

export function readGoldens(): Golden[] {
  const names = readdirSync(GOLDENS).filter((name) => name.endsWith('.json'));
  return names.map((name) => JSON.parse(readFileSync(GOLDENS + name, 'utf8')) as Golden);
}

export function readGolden(name: string): Golden {
  return JSON.parse(readFileSync(`${GOLDENS}${name}.json`, 'utf8')) as Golden;
}

export function readRetrievalGoldens(): RetrievalGolden[] {
  const names = readdirSync(`${GOLDENS}retrieval`);
  return names.map((name) => readRetrievalGolden(name.replace('.json', '')));
}

export function readRetrievalGolden(name: string): RetrievalGolden {
  return JSON.parse(readFileSync(`${GOLDENS}retrieval/${name}.json`, 'utf8')) as RetrievalGolden;
}

/** Ids of a prompt to the embedded checkpoint, as Hugging Face's Python tokenizer gives them. */
export function emojiPromptIds(prompt: string): readonly number[] {
  const golden: Record<string, number[]> = JSON.parse(readFileSync(`${GOLDENS}emoji/prompts.json`, 'utf8'));
  const ids = golden[prompt];
  if (!ids) throw new RangeError(`"${prompt}" is not in prompts.json. Add it to test/oracle/thread.py.`);
  return ids;
}

/** Numbers in each row of a checkpoint's features. */
export function featureWidth(name: string, queryTokens: number): number {
  return floats(name === 'emoji' ? emojiFeatures() : readGolden(name).features).length / queryTokens;
}

function emojiFeatures(): string {
  return JSON.parse(readFileSync(`${GOLDENS}emoji/golden.json`, 'utf8')).pictures[0].features;
}

/** Little-endian f32 in base64. */
export function floats(text: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float32Array(bytes.buffer);
}

/** What the golden's features were made from: (3, side, side). */
export function goldenPixels({ config }: GoldenCheckpoint): Float32Array {
  return numbers('pixels', 3 * config.vision_config.image_size ** 2, [0, 1, 24]);
}

/** Writes the golden's checkpoint as the version of transformers that it names would. */
export async function writeCheckpoint(folder: string, golden: GoldenCheckpoint): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeWeights(folder, golden);
  const side = golden.config.vision_config.image_size;
  const image = { image_processor_type: 'BlipImageProcessor', size: { height: side, width: side } };
  await writeJson(folder, 'config.json', golden.config);
  if (golden.layout === 4) await writeJson(folder, 'preprocessor_config.json', image);
  else await writeJson(folder, 'processor_config.json', { image_processor: image });
  const tokenizer = golden.tokenizer === undefined ? OPT_TOKENIZER : `${GOLDENS}${golden.tokenizer}/`;
  for (const name of ['tokenizer.json', 'tokenizer_config.json'])
    await copyFile(tokenizer + name, `${folder}/${name}`);
}

export const writeJson = (folder: string, name: string, value: unknown) =>
  writeFile(`${folder}/${name}`, JSON.stringify(value));

async function writeWeights(folder: string, golden: GoldenCheckpoint): Promise<void> {
  const files = new Map<string, Map<string, FileTensor>>();
  for (const [name, { shape, formula, seed = name }] of Object.entries(golden.tensors)) {
    const count = shape.reduce((product, side) => product * side, 1);
    const file = golden.files[name] ?? 'model.safetensors';
    const tensors = files.get(file) ?? new Map<string, FileTensor>();
    files.set(file, tensors.set(name, { dtype: golden.dtype, shape, values: numbers(seed, count, formula) }));
  }
  for (const [file, tensors] of files) await writeSafetensors(`${folder}/${file}`, tensors);
  if (files.size > 1) await writeJson(folder, 'model.safetensors.index.json', { weight_map: golden.files });
}
