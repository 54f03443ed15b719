// What reaches the model of each task, with a model that only takes notes.
import { describe, expect, it } from 'vitest';
import type { Backend, GenerateRequest, ImageFeatures, ModelInfo } from '../../models/backend.ts';
import { ImageError } from '../../models/errors.ts';
import { problem } from '../../models/problems.ts';
import { type AnswerMeans, answerTasks, type TaskAnswer } from '../../src/eval/answer-tasks.ts';
import type { Item } from '../../src/eval/items.ts';
import { PROTOCOLS } from '../../src/eval/protocol.ts';
import { planTasks } from '../../src/eval/tasks.ts';

const before = [{ question: 'Is there an owl?', answer: 'yes' }];
const question = (id: string, image: string, turns = before): Item => ({
  sort: 'question',
  id,
  images: [image],
  question: `What is ${id}?`,
  before: turns,
  expected: { accepts: ['owl'] },
});
const caption: Item = { sort: 'caption', id: 'c', images: ['b'], references: ['an owl'] };

function takeNotes({ maxPositions = 200, isImage = (_: string): boolean => true } = {}) {
  const encoded: string[] = [];
  const requests: GenerateRequest[] = [];
  const backend: Backend = {
    info: { name: 'notes', maxPositions, answerSharesWindow: true } as ModelInfo,
    countPromptTokens: (prompt) => prompt.length,
    promptIds: () => [],
    async encodeImage(image): Promise<ImageFeatures> {
      const name = Buffer.from(image).toString();
      encoded.push(name);
      if (!isImage(name)) throw new ImageError(problem('fileEmpty'));
      return { data: new Float32Array(1), queryTokens: 1, width: 1 };
    },
    // biome-ignore lint/correctness/useYield: it has said all in the end
    async *generate(request) {
      requests.push(request);
      return { tokens: [], text: `answer ${requests.length}`, promptTokens: 0, finish: 'eos', logprob: -1 };
    },
    close: async () => {},
  };
  const means: AnswerMeans = {
    backend,
    protocol: PROTOCOLS.bot,
    readImage: async (name) => ({ path: `/images/${name}`, bytes: Buffer.from(name) }),
    atOnce: 1,
    signal: new AbortController().signal,
  };
  return { encoded, requests, means };
}

async function all(items: readonly Item[], means: AnswerMeans): Promise<TaskAnswer[]> {
  const answers: TaskAnswer[] = [];
  for await (const answer of answerTasks(planTasks(items, 'both'), means)) answers.push(answer);
  return answers;
}

describe('what reaches the model', () => {
  it('is each question with the turns before it, and without', async () => {
    const { requests, means } = takeNotes();
    const answers = await all([question('1', 'a'), question('2', 'a', [])], means);
    expect(requests.map(({ prompt }) => prompt)).toEqual([
      'Question: Is there an owl? Answer: yes. Question: What is 1? Answer:',
      'Question: What is 1? Answer:',
      'Question: What is 2? Answer:',
    ]);
    expect(answers.map(({ id, history, answer }) => [id, history, answer])).toEqual([
      ['1', true, 'answer 1'],
      ['1', false, 'answer 2'],
      ['2', true, 'answer 3'],
    ]);
  });

  it('is searched as the protocol says, captions otherwise than questions', async () => {
    const { requests, means } = takeNotes();
    await all([question('1', 'a', []), caption], { ...means, protocol: PROTOCOLS.blip2 });
    expect(requests).toMatchObject([
      { prompt: 'Question: What is 1? Short answer:', numBeams: 5, lengthPenalty: -1, maxNewTokens: 10 },
      { prompt: 'a photo of', numBeams: 5, maxNewTokens: 30, minNewTokens: 8 },
    ]);
    expect(requests[1]).not.toHaveProperty('lengthPenalty');
  });

  it('is each picture once, however many questions are about it', async () => {
    const { encoded, means } = takeNotes();
    await all([question('1', 'a'), caption, question('2', 'a'), question('3', 'b')], { ...means, atOnce: 3 });
    expect(encoded).toEqual(['a', 'b']);
  });

  it('is nothing of a question that is too long, which is named', async () => {
    const { requests, means } = takeNotes({ maxPositions: 20 });
    await expect(all([question('1', 'a')], means)).rejects.toThrow(
      'Question 1 is longer than notes can read. Leave it out.',
    );
    expect(requests).toEqual([]);
  });

  it('names the file of a picture that is none, after the answers before it', async () => {
    const { means } = takeNotes({ isImage: (name) => name === 'a' });
    const answers: string[] = [];
    const asking = async () => {
      for await (const { id } of answerTasks(planTasks([question('1', 'a', []), caption], 'both'), means)) {
        answers.push(id);
      }
    };
    await expect(asking()).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/^\/images\/b: The file is empty\./),
    });
    expect(answers).toEqual(['1']);
  });
});
