// What a model thinks of given answers, token by token: the logits of each next token, to a file of f32. The answers are
// written by the first who is asked. Arguments: model, weights, image, file of the answers, file of the logits.
import { existsSync } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import { parse } from 'node:path';
import type { ImageFeatures, WeightChoice } from '../../models/backend.ts';
import { readCheckpoint } from '../../models/checkpoint/checkpoint.ts';
import type { Decoder } from '../../models/decoder/decoder.ts';
import { planDecoder } from '../../models/decoder/plan-decoder.ts';
import { LocalBackend } from '../../models/local-backend.ts';
import { preprocess } from '../../models/preprocess.ts';
import { CPU, sessionOpener } from '../../models/sessions.ts';

interface Answers {
  readonly vocabulary: number;
  readonly answers: readonly { readonly prompt: string; readonly tokens: readonly number[] }[];
}

const PROMPTS = ['', 'this is a picture of'].concat(
  ['What is this?', 'What color is it?', 'How many are there?', 'Is it a dog?', 'Where is it?'].map(
    (question) => `Question: ${question} Answer:`,
  ),
);
const TOKENS = 10;

const [model = '', choice = '', image = '', answersFile = '', logitsFile = ''] = process.argv.slice(2);
const weights = choice as WeightChoice;
const features = await see();
const checkpoint = await readCheckpoint(model, weights);
const { root } = parse(checkpoint.folder);
const openSession = sessionOpener({ root, mapped: checkpoint.weights.canBeMapped }, CPU);
const decoder = await planDecoder(checkpoint, root, { precision: 'f32' }).open(openSession);
const given = existsSync(answersFile)
  ? (JSON.parse(await readFile(answersFile, 'utf8')) as Answers)
  : undefined;
await using output = await open(logitsFile, 'w');
const answers = [];
for (const prompt of PROMPTS) {
  const known = given?.answers.find((answer) => answer.prompt === prompt)?.tokens;
  const tokens = await follow(decoder, checkpoint.tokenizer.promptIds(prompt), known);
  answers.push({ prompt, tokens });
}
if (given === undefined) {
  const { vocabSize: vocabulary } = checkpoint.config.textConfig;
  await writeFile(answersFile, JSON.stringify({ vocabulary, answers } satisfies Answers));
}
await decoder.close();

async function see(): Promise<ImageFeatures> {
  const backend = await LocalBackend.open(model, { preprocess: (...args) => preprocess(...args), weights });
  const seen = await backend.encodeImage(await readFile(image));
  await backend.close();
  return seen;
}

/** The likeliest tokens, or those that are given; all logits on the way go to the file. */
async function follow(by: Decoder, ids: readonly number[], given: readonly number[] | undefined) {
  const decoding = by.begin();
  const tokens: number[] = [];
  let logits = await decoding.prefill(features, ids);
  while (tokens.length < TOKENS) {
    await output.write(new Uint8Array(logits.buffer, logits.byteOffset, logits.byteLength));
    const likeliest = logits.reduce((best, value, at) => (value > (logits[best] ?? 0) ? at : best), 0);
    const id = given?.[tokens.length] ?? likeliest;
    tokens.push(id);
    [logits = logits] = await decoding.step([{ parent: 0, id }]);
  }
  decoding.end();
  return tokens;
}
