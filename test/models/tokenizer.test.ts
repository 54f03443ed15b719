import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadTokenizer, PromptTokenizer } from '../../models/checkpoint/tokenizer.ts';
import { EMOJI } from './support/goldens.ts';

const tokenizer = JSON.parse(readFileSync(`${EMOJI}tokenizer.json`, 'utf8'));
const config = JSON.parse(readFileSync(`${EMOJI}tokenizer_config.json`, 'utf8'));
const BOS = 2;

describe('PromptTokenizer', () => {
  it('begins a prompt with the BOS that tokenizer.json adds', async () => {
    const loaded = await loadTokenizer(EMOJI);
    expect(loaded.promptIds('What is this?')).toEqual([BOS, 58, 75, 285, 288, 376, 34]);
  });

  it('makes of an empty prompt the BOS of the text config alone', () => {
    expect(new PromptTokenizer({ tokenizer, config }, 5).promptIds('')).toEqual([5]);
  });

  it('adds the BOS where tokenizer.json does not but tokenizer_config.json asks for it', () => {
    const bare = { ...tokenizer, post_processor: null };
    const asked = { ...config, add_bos_token: true };
    const words = [58, 75, 285];
    expect(new PromptTokenizer({ tokenizer: bare, config: asked }, BOS).promptIds('What')).toEqual([
      BOS,
      ...words,
    ]);
    expect(new PromptTokenizer({ tokenizer: bare, config }, BOS).promptIds('What')).toEqual(words);
    expect(new PromptTokenizer({ tokenizer, config: asked }, BOS).promptIds('What')).toEqual([BOS, ...words]);
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
