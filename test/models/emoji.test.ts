// The embedded checkpoint against PyTorch on real pictures: test/oracle/emoji.py made the golden.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalBackend } from '../../models/local-backend.ts';
import { drain } from './support/drain.ts';
import { expectClose } from './support/expect-close.ts';
import { EMOJI, floats, GOLDENS } from './support/goldens.ts';
import { normalise } from './support/normalise.ts';

interface EmojiGolden {
  readonly pictures: readonly {
    readonly file: string;
    readonly features: string;
    readonly answers: readonly {
      readonly prompt: string;
      readonly promptTokens: number;
      readonly tokens: readonly number[];
      readonly text: string;
    }[];
  }[];
}

const { pictures } = JSON.parse(readFileSync(`${GOLDENS}emoji/golden.json`, 'utf8')) as EmojiGolden;

let backend: LocalBackend;
beforeAll(async () => {
  backend = await LocalBackend.open(EMOJI, { preprocess: normalise });
});
afterAll(() => backend.close());

describe.each(pictures)('$file', ({ file, features, answers }) => {
  const encode = () => backend.encodeImage(readFileSync(`${GOLDENS}emoji/${file}`));

  it('says the same about the picture', async () => {
    expectClose((await encode()).data, floats(features));
  });

  it.each(answers)('answers "$prompt" with "$text"', async ({ prompt, promptTokens, tokens, text }) => {
    const { result } = await drain(backend.generate({ features: await encode(), prompt, maxNewTokens: 40 }));
    expect(result).toMatchObject({ tokens, text, promptTokens, finish: 'eos' });
  });
});
