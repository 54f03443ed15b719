// The memory over the embedded checkpoint: what reaches its decoder, id by id. The ids are those of Hugging Face's
// Python tokenizer for these prompts.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer } from '../../conversation/conversations.ts';
import { createConversations } from '../../conversation/create-conversations.ts';
import { openStore } from '../../conversation/store.ts';
import type { Backend } from '../../models/backend.ts';
import { LocalBackend } from '../../models/local-backend.ts';
import { preprocess } from '../../models/preprocess.ts';
import { emojiPromptIds } from '../models/support/goldens.ts';

const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const strawberryAndStar = readFileSync(file('test/goldens/emoji/scene6.png'));
const image = { channelId: '1', messageId: '2', attachmentId: '3' };
const log = { debug() {}, info() {}, warn() {}, error() {} };

const QUESTIONS = [
  'What is in the picture?',
  'What color is the background?',
  'Is there a dog in the picture?',
  'Is there a star in the picture?',
];
const THIRD =
  'Question: What is in the picture? Answer: a strawberry and a star. Question: What color is the background? Answer: white. Question: Is there a dog in the picture? Answer:';
const FOURTH = `${THIRD} no. Question: Is there a star in the picture? Answer:`;
const FOURTH_WITHOUT_THE_FIRST = FOURTH.replace(
  'Question: What is in the picture? Answer: a strawberry and a star. ',
  '',
);

let backend: Backend;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'blipcord-emoji-'));
  backend = await LocalBackend.open(file('models/emoji'), { preprocess });
});
afterAll(async () => {
  await backend.close();
  rmSync(folder, { recursive: true });
});

it('answers the third question with both turns before it in the prompt', async () => {
  const answers = await askAll(QUESTIONS.slice(0, 3), 512);
  expect(answers.map((answer) => answer.text)).toEqual(['a strawberry and a star', 'white', 'no']);
  expectReached(answers[2], THIRD);
  expect(answers[2]?.droppedTurns).toBe(0);
});

it('has slid by one turn, and kept the newest, when the window is one token too small for all turns', async () => {
  const answerTokens = 20;
  const fourthWithAll = 16 + emojiPromptIds(FOURTH).length; // query tokens first
  const answers = await askAll(QUESTIONS, fourthWithAll + answerTokens - 1);
  expect(answers[3]?.text).toBe('yes');
  expectReached(answers[3], FOURTH_WITHOUT_THE_FIRST);
  expect(answers[3]?.droppedTurns).toBe(1);
  const [, , , whole] = await askAll(QUESTIONS, fourthWithAll + answerTokens);
  expect(whole?.droppedTurns).toBe(0);
  expect(whole?.promptTokens).toBe(fourthWithAll);
});

it('goes on after a restart as if there had been none, though the image is gone', async () => {
  const address = `sqlite://${folder}/restart.sqlite`;
  await askAll(QUESTIONS.slice(0, 2), 512, address);
  const [third] = await askAll(QUESTIONS.slice(2, 3), 512, address, async () => undefined);
  expect(third?.text).toBe('no');
  expectReached(third, THIRD);
});

it('captions the image with no turn', async () => {
  const store = openStore('memory:');
  const conversations = createConversations({ backend, store, log });
  const request = { image, fetchImage: async () => strawberryAndStar };
  expect((await conversations.caption(request)).text).toBe('a strawberry and a star on a white background');
  expect((await conversations.caption({ ...request, prompt: 'this is a picture of' })).text).toBe(
    'a strawberry and a star on a white background',
  );
  await store.close();
});

/** What the memory says and what the decoder took in, which counts its own tokens. */
function expectReached(answer: Answer | undefined, prompt: string): void {
  const ids = emojiPromptIds(prompt);
  expect(answer?.prompt).toBe(prompt);
  expect(backend.promptIds(prompt)).toEqual(ids);
  expect(answer?.promptTokens).toBe(backend.info.queryTokens + ids.length);
}

/** Asks one question after the other, as a program that starts, answers them and ends. */
async function askAll(
  questions: readonly string[],
  windowTokens: number,
  address = 'memory:',
  fetchImage: () => Promise<Uint8Array | undefined> = async () => strawberryAndStar,
): Promise<Answer[]> {
  const store = openStore(address);
  const conversations = createConversations({ backend, store, windowTokens, answerTokens: 20, log });
  const answers: Answer[] = [];
  for (const question of questions) {
    answers.push(await conversations.ask('thread', { question, askedBy: 'ada', image, fetchImage }));
  }
  await store.close();
  return answers;
}
