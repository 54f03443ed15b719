import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../models/backend.ts';
import { WorkerBackend } from '../../models/worker-backend.ts';
import { samples } from '../../src/playground/samples.ts';

const answers: Readonly<Record<string, string>> = {
  Rocket: 'a rocket',
  Penguin: 'a penguin',
  Bee: 'on the right',
  Strawberry: 'a strawberry',
};

describe('the samples that the page offers', () => {
  let backend: Backend;
  beforeAll(async () => {
    const folder = fileURLToPath(new URL('../../models/emoji', import.meta.url));
    backend = await WorkerBackend.open({ folder, device: 'cpu' });
  });
  afterAll(() => backend.close());

  it.each(samples)(
    'have a question that the embedded checkpoint answers: $name',
    async ({ name, file, tryAsking }) => {
      const features = await backend.encodeImage(await readFile(file));
      const tokens = backend.generate({
        features,
        prompt: `Question: ${tryAsking} Answer:`,
        maxNewTokens: 20,
      });
      let step = await tokens.next();
      while (!step.done) step = await tokens.next();
      expect(step.value.text).toBe(answers[name]);
    },
  );
});
