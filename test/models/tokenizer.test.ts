import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import { describe, expect, it } from 'vitest';
import { loadTextTokenizer, loadTokenizer, PromptTokenizer } from '../../models/checkpoint/tokenizer.ts';
import { seededRandom } from '../conversation/random.ts';
import { EMOJI, emojiPromptIds, GOLDENS, OPT_TOKENIZER } from './support/goldens.ts';

const tokenizer = JSON.parse(readFileSync(`${OPT_TOKENIZER}tokenizer.json`, 'utf8'));
const config = JSON.parse(readFileSync(`${OPT_TOKENIZER}tokenizer_config.json`, 'utf8'));
const BOS = 2;

/** Made by test/oracle/make_bos_golden.py. */
interface BosGolden {
  /** What tokenizer.json and tokenizer_config.json say instead. */
  readonly tokenizer: object;
  readonly config: object;
  readonly ids: readonly number[];
}

describe('PromptTokenizer', () => {
  it('begins a prompt with the BOS that tokenizer.json adds', async () => {
    const loaded = await loadTokenizer(EMOJI);
    expect(loaded.promptIds('What is this?')).toEqual(emojiPromptIds('What is this?'));
  });

  it('makes of an empty prompt the BOS of the text config alone', () => {
    expect(new PromptTokenizer({ tokenizer, config }, 5).promptIds('')).toEqual([5]);
  });

  it('begins a prompt with a BOS exactly where transformers does', () => {
    const rows: BosGolden[] = JSON.parse(readFileSync(`${GOLDENS}tokenizer/bos.json`, 'utf8'));
    const ours = rows.map((row) => {
      const files = { tokenizer: { ...tokenizer, ...row.tokenizer }, config: { ...config, ...row.config } };
      return new PromptTokenizer(files, BOS).promptIds('What is this?');
    });
    expect(ours).toEqual(rows.map(({ ids }) => ids));
    expect(new Set(ours.map(([first]) => first === BOS))).toEqual(new Set([true, false]));
  });

  it('reads a prompt piece by piece as it reads it whole, wherever words, spaces and special tokens meet', () => {
    const whole = new Tokenizer(tokenizer, config);
    const pieces = new PromptTokenizer({ tokenizer, config }, BOS);
    const parts = [
      'Question:',
      ' What',
      ' is',
      '?',
      '. A',
      ':',
      ' ',
      '  ',
      '\n',
      "'s",
      'é',
      ' 12',
      '🍕',
      '的',
      '</s>',
    ];
    const random = seededRandom(7);
    for (let text = 0; text < 2_000; text++) {
      const prompt = Array.from({ length: 1 + random.below(12) }, () => random.pick(parts)).join('');
      expect(pieces.promptIds(prompt), prompt).toEqual(whole.encode(prompt).ids);
    }
  });

  it('gives back the text, without special tokens and without tidying spaces', () => {
    const both = new PromptTokenizer(
      { tokenizer, config: { ...config, clean_up_tokenization_spaces: true } },
      BOS,
    );
    const text = ' a dog , a 🍕 .';
    expect(both.decode([...both.promptIds(text), BOS])).toBe(text);
    expect(both.decode([])).toBe('');
  });
});

/** Ids and texts are those of Python's tokenizers and transformers. */
describe("PromptTokenizer over T5's Unigram", () => {
  const read = (file: string) => JSON.parse(readFileSync(`${GOLDENS}t5-tokenizer/${file}`, 'utf8'));
  const files = { tokenizer: read('tokenizer.json'), config: read('tokenizer_config.json') };
  const ids = [36, 57, 10, 3, 11, 31, 3, 7, 3, 46, 47, 6, 3, 24, 143, 17, 97, 2, 9, 1];

  it('ends a prompt with the EOS, and makes of an empty one the BOS alone', () => {
    const t5 = new PromptTokenizer(files, 1);
    expect(t5.promptIds("Answer: yes , it is . do n't")).toEqual(ids);
    expect(t5.promptIds('')).toEqual([1]);
    expect(new PromptTokenizer(files, undefined).promptIds('')).toEqual([]);
  });

  it('tidies spaces where tokenizer_config.json asks for it', () => {
    const tidy = { ...files, config: { ...files.config, clean_up_tokenization_spaces: true } };
    expect(new PromptTokenizer(files, 1).decode(ids)).toBe('Answer: yes , it is . do nt');
    expect(new PromptTokenizer(tidy, 1).decode(ids)).toBe('Answer: yes, it is. do nt');
  });
});

describe("a text tokenizer over BERT's WordPiece", () => {
  it('gives the ids that transformers gives', async () => {
    const rows: { text: string; ids: number[] }[] = JSON.parse(
      readFileSync(`${GOLDENS}tokenizer/bert.json`, 'utf8'),
    );
    const tokenize = await loadTextTokenizer(`${GOLDENS}bert-tokenizer`, 400);
    expect(rows.map(({ text }) => ({ text, ids: tokenize(text) }))).toEqual(rows);
  });
});
