import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend, ImageFeatures } from '../../models/backend.ts';
import { WorkerBackend } from '../../models/worker-backend.ts';
import { samples } from '../../src/playground/samples.ts';

/** What people ask first of each picture, and what is true. */
const answers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Rocket: {
    'What is this?': 'a rocket',
    'What do you see?': 'a rocket',
    'What color is the background?': 'red',
    'How many things are there?': 'one',
    'Where is the rocket?': 'in the center',
  },
  Penguin: {
    'What is this?': 'a penguin',
    'What is in the picture?': 'a penguin',
    'What animal is in the picture?': 'a penguin',
    'What color is the background?': 'light blue',
    'Is there a penguin?': 'yes',
    'Is there a car?': 'no',
  },
  Bee: {
    'What is this?': 'an umbrella and a bee',
    'What animal is this?': 'a bee',
    'Where is the bee?': 'on the right',
    'Where is the umbrella?': 'on the left',
    'What is next to the bee?': 'an umbrella',
    'How many things are there?': 'two',
  },
  Pizza: {
    'What is this?': 'a pizza',
    'What food is in the picture?': 'a pizza',
    'What color is the background?': 'yellow',
    'Is there a cat?': 'no',
  },
};

describe('the samples that the page offers', () => {
  let backend: Backend;
  beforeAll(async () => {
    const folder = fileURLToPath(new URL('../../models/emoji', import.meta.url));
    backend = await WorkerBackend.open({ folder, device: 'cpu' });
  });
  afterAll(() => backend.close());

  it.each(samples)(
    'have right answers to what people ask first, the suggested question among it: $name',
    async ({ name, file, tryAsking }) => {
      const features = await backend.encodeImage(await readFile(file));
      const expected = answers[name] ?? {};
      const given: Record<string, string> = {};
      for (const question of new Set([tryAsking, ...Object.keys(expected)])) {
        given[question] = await answerTo(backend, features, question);
      }
      expect(given).toEqual(expected);
    },
  );
});

async function answerTo(backend: Backend, features: ImageFeatures, question: string): Promise<string> {
  const tokens = backend.generate({ features, prompt: `Question: ${question} Answer:`, maxNewTokens: 20 });
  let step = await tokens.next();
  while (!step.done) step = await tokens.next();
  return step.value.text;
}
