// The work that is measured: what each measurement asks for, and how its number comes from the answers.
import type { Contender } from './contender.ts';
import type { Outcome, Request } from './requests.ts';

export interface Measurement {
  readonly what: string;
  readonly unit: 'ms' | 'tokens/s' | 'answers/s';
  /** Asks for the work and says how much of the unit it took. @param run counts up, so that no text comes twice */
  readonly measure: (contender: Contender, run: number) => Promise<Measured>;
}

export interface Measured {
  readonly value: number;
  /** To be the same whoever made them. */
  readonly tokens?: Outcome['tokens'];
}

const CAPTION_TOKENS = 20;
const DECODED = 33;
const TURN_TOKENS = 10;
const LAST_TURN_TOKENS = 3;
const TURNS = 5;
/** About 300 tokens of the smaller vocabularies, 200 of the larger ones. */
const LONG = 'Question: What is in the picture? Answer: a dog and a bone. '.repeat(9);

export function measurements(image: string): Measurement[] {
  return [
    encode(image),
    caption(image),
    prefill(),
    decode(),
    turn(image, 1),
    turn(image, TURNS),
    ...[1, 4, 8].map((count) => together(count)),
  ];
}

const encode = (image: string): Measurement => ({
  what: 'image to features',
  unit: 'ms',
  measure: async (contender) => ({ value: (await contender.ask({ do: 'encode', image })).ms }),
});

export const captionRequest = (image: string): Request => ({
  do: 'answer',
  image,
  prompt: '',
  newTokens: CAPTION_TOKENS,
});

const caption = (image: string): Measurement => ({
  what: `caption of ${CAPTION_TOKENS} tokens`,
  unit: 'ms',
  measure: async (contender) => {
    const { ms, tokens } = await contender.ask(captionRequest(image));
    return { value: ms, tokens };
  },
});

const prefill = (): Measurement => ({
  what: 'prefill of a long prompt',
  unit: 'tokens/s',
  measure: async (contender, run) => {
    const prompts = [`${run}. ${LONG}`];
    const {
      ms,
      promptTokens = 0,
      tokens,
    } = await contender.ask({
      do: 'proceed',
      prompts,
      newTokens: 1,
      unseen: true,
    });
    return { value: (1000 * promptTokens) / ms, tokens };
  },
});

const decode = (): Measurement => ({
  what: `decoding of ${DECODED - 1} tokens`,
  unit: 'tokens/s',
  measure: async (contender, run) => {
    const prompts = [question(run)];
    const request = { do: 'proceed', prompts, newTokens: DECODED } as const;
    const { decodeMs = Number.NaN, tokens } = await contender.ask(request);
    return { value: (1000 * (DECODED - 1)) / decodeMs, tokens };
  },
});

/** The last of so many turns; those before have answers of about ten tokens each. */
const turn = (image: string, turns: number): Measurement => ({
  what: `turn ${turns} of a conversation, ${LAST_TURN_TOKENS} tokens`,
  unit: 'ms',
  measure: async (contender, run) => {
    let prompt = question(run);
    for (let before = 1; before < turns; before++) {
      const { text } = await contender.ask({ do: 'answer', image, prompt, newTokens: TURN_TOKENS });
      prompt = `${prompt} ${text}. ${question(before)}`;
    }
    const { ms, tokens } = await contender.ask({ do: 'answer', image, prompt, newTokens: LAST_TURN_TOKENS });
    return { value: ms, tokens };
  },
});

const together = (count: number): Measurement => ({
  what: `${count} at once, ${CAPTION_TOKENS} tokens each`,
  unit: 'answers/s',
  measure: async (contender, run) => {
    const prompts = Array.from({ length: count }, (_, at) => question(100 * run + at));
    const { ms, tokens } = await contender.ask({ do: 'proceed', prompts, newTokens: CAPTION_TOKENS });
    return { value: (1000 * count) / ms, tokens };
  },
});

const question = (number: number) => `Question: What is number ${number} in the picture? Answer:`;
