// Whether the model loads and answers, and what it really runs on.
import { performance } from 'node:perf_hooks';
import { openStore } from '../../conversation/store.ts';
import type { Backend } from '../../models/backend.ts';
import { describeDevice } from '../describe-device.ts';
import { describeWindow, openConversations } from '../open-conversations.ts';
import { attempt, type Check } from './check.ts';

export interface WindowSettings {
  readonly windowTokens: number;
  readonly answerTokens: number;
}

/** 8 by 8 pixels of red, as PNG. */
const image = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mP4z8CAFTEMLQkAKP8/wc53yE8AAAAASUVORK5CYII=',
  'base64',
);

export async function checkModel(open: () => Promise<Backend>, window: WindowSettings): Promise<Check[]> {
  try {
    const started = performance.now();
    const backend = await open();
    const loadedMs = performance.now() - started;
    try {
      const answeredMs = await timeAnswer(backend);
      const { name, folder, device, weights } = backend.info;
      const kept = weights === undefined ? '' : `, its weights in ${weights},`;
      const text = `${name} in ${folder}${kept} loads in ${Math.round(loadedMs)} ms and answers in ${Math.round(answeredMs)} ms.`;
      return [
        { about: 'model', verdict: 'ok', text },
        { about: 'device', verdict: 'ok', text: describeDevice(device) },
        await attempt('window', () => checkWindow(backend, window)),
      ];
    } finally {
      await backend.close();
    }
  } catch (error) {
    return [
      { about: 'model', verdict: 'problem', text: error instanceof Error ? error.message : String(error) },
    ];
  }
}

/** Whether a question and its answer fit beside the image. */
async function checkWindow(backend: Backend, { windowTokens, answerTokens }: WindowSettings) {
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const store = openStore('memory:');
  try {
    openConversations({ backend, store, windowTokens, answerTokens, log });
  } finally {
    await store.close();
  }
  return `${describeWindow(backend.info, windowTokens)}.`;
}

async function timeAnswer(backend: Backend): Promise<number> {
  const started = performance.now();
  const features = await backend.encodeImage(image);
  const tokens = backend.generate({
    features,
    prompt: 'Question: What color is this? Answer:',
    maxNewTokens: 16,
  });
  while (!(await tokens.next()).done);
  return performance.now() - started;
}
