import { describe, expect, it } from 'vitest';
import type { GenerateRequest } from '../../models/backend.ts';
import { RequestError } from '../../models/errors.ts';
import { checkOptions, checkRequest, pickOptions } from '../../models/generation/options.ts';

describe('checkOptions', () => {
  it.each<[Partial<GenerateRequest>, string]>([
    [{ numBeams: 0 }, 'numBeams is 0. Use a whole number from 1 to 64.'],
    [{ numBeams: 2.5 }, 'numBeams is 2.5. Use a whole number from 1 to 64.'],
    [{ lengthPenalty: Infinity }, 'lengthPenalty is Infinity. Use a number.'],
    [{ repetitionPenalty: 0 }, 'repetitionPenalty is 0. Use a number from 0.000001 to 1000000.'],
    [{ noRepeatNgramSize: -1 }, 'noRepeatNgramSize is -1. Use a whole number from 0.'],
    [{ temperature: 0 }, 'temperature is 0. Use a number from 0.000001 to 1000000.'],
    [{ topK: 1.5 }, 'topK is 1.5. Use a whole number from 0.'],
    [{ topP: 1.01 }, 'topP is 1.01. Use a number above 0 and at most 1.'],
    [{ seed: -1 }, 'seed is -1. Use a whole number from 0 to 9007199254740991.'],
    [{ repetitionPenalty: 1e-50 }, 'repetitionPenalty is 1e-50. Use a number from 0.000001 to 1000000.'],
    [{ temperature: 1e-40 }, 'temperature is 1e-40. Use a number from 0.000001 to 1000000.'],
    [{ maxNewTokens: Number.NaN }, 'maxNewTokens is NaN. Use a whole number from 0.'],
    [{ maxNewTokens: 1.5 }, 'maxNewTokens is 1.5. Use a whole number from 0.'],
    [{ maxNewTokens: -1 }, 'maxNewTokens is -1. Use a whole number from 0.'],
    [{ topP: '0.5' as unknown as number }, "topP is '0.5'. Use a number above 0 and at most 1."],
    [
      { earlyStopping: 'always' as unknown as boolean },
      "earlyStopping is 'always'. Use true, false or 'never'.",
    ],
    [
      { numBeams: 2, topP: 0.5 },
      'numBeams searches for the likeliest answer, and topP draws one by chance. Leave one of them out.',
    ],
    [
      { minNewTokens: 9, maxNewTokens: 8 },
      'minNewTokens is 9, but the answer has at most 8 tokens. Lower it, or raise maxNewTokens.',
    ],
  ])('refuses %j with the remedy', (options, message) => {
    expect(() => checkOptions(options)).toThrow(new RequestError(message));
  });

  it.each<[Partial<GenerateRequest>]>([
    [{}],
    [{ numBeams: 5, lengthPenalty: -1, repetitionPenalty: 1.5, noRepeatNgramSize: 0, minNewTokens: 0 }],
    [{ numBeams: 1, temperature: 0.01, topK: 0, topP: 1, seed: 0 }],
    [{ minNewTokens: 8, maxNewTokens: 8 }],
    [{ numBeams: 2, earlyStopping: true }],
    [{ numBeams: 2, earlyStopping: 'never' }],
  ])('takes %j', (options) => {
    expect(() => checkOptions(options)).not.toThrow();
  });
});

it('picks the options out of an object that holds others as well', () => {
  const options = { numBeams: 3, earlyStopping: 'never', topK: 0 } as const;
  expect(pickOptions({ ...options, seed: undefined, prompt: 'a' } as object)).toEqual(options);
});

describe('checkRequest', () => {
  const request = {
    features: { data: new Float32Array(4), queryTokens: 2, width: 2 },
    prompt: '',
    maxNewTokens: 8,
  };

  it.each<[Record<string, unknown>, string]>([
    [{ maxNewTokens: undefined }, 'maxNewTokens is absent. Use a whole number from 0.'],
    [{ stop: 'dog' }, "stop is 'dog'. Use a list of texts."],
    [{ stop: [1] }, 'stop is [ 1 ]. Use a list of texts.'],
    [{ prompt: undefined }, 'prompt is undefined. Use a text.'],
    [{ topK: 1.5 }, 'topK is 1.5. Use a whole number from 0.'],
  ])('refuses %j with the remedy', (wrong, message) => {
    expect(() => checkRequest({ ...request, ...wrong } as GenerateRequest)).toThrow(
      new RequestError(message),
    );
  });
});
