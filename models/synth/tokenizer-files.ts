// Tokenizers of any size without a corpus: beside some words that questions are made of, their pieces are counted up,
// from one letter to two and so on. As in the published ones most pieces begin a word, so that a text of such pieces is
// cut into the same pieces again, and a question takes about as many.
import type { JsonFiles } from './config-files.ts';
import type { OptShape, T5Shape } from './presets.ts';

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const WORDS = (
  'Question Answer What Where Is Are How Who Why a an the this that it its in on of to at by with and or not no yes ' +
  'is are was do does there here many much one two three red green blue yellow black white color picture image photo ' +
  'background number thing things dog cat bird man woman people left right behind under small large short long made'
).split(' ');
const OPT_SPECIAL = ['<s>', '<pad>', '</s>', '<unk>'];
const T5_SPECIAL = ['<pad>', '</s>', '<unk>'];
/** What a newline looks like in a byte-level vocabulary. */
const NEWLINE = 'Ċ';

export const tokenizerFiles = (text: OptShape | T5Shape): JsonFiles =>
  text.model_type === 'opt' ? byteLevelBpe(text) : unigram(text);

function byteLevelBpe({ tokens: count, eos_token_id: newline }: OptShape): JsonFiles {
  const bytes = byteLetters();
  const merges = pieces('Ġ', count - OPT_SPECIAL.length - bytes.length);
  const tokens = [...OPT_SPECIAL, ...bytes, ...merges.map((piece) => piece.join(''))];
  swap(tokens, tokens.indexOf(NEWLINE), newline);
  const bos = { id: '</s>', type_id: 0 };
  return files(
    { bos_token: '</s>', eos_token: '</s>', pad_token: '<pad>', unk_token: '<unk>' },
    {
      added_tokens: [...OPT_SPECIAL.map(special), special('<image>', count)],
      pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
      post_processor: template([{ SpecialToken: bos }], [], { '</s>': 2 }),
      decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
      model: { type: 'BPE', vocab: Object.fromEntries(tokens.map((token, id) => [token, id])), merges },
    },
  );
}

function unigram({ tokens: count }: T5Shape): JsonFiles {
  const extra = Math.min(100, Math.floor(count / 10));
  const characters = ['▁', ...printable()];
  const room = count - extra - T5_SPECIAL.length - characters.length;
  const learned = [...characters, ...pieces('▁', room).map((piece) => piece.join(''))];
  const metaspace = { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true };
  const sentinels = Array.from({ length: extra }, (_, n) =>
    special(`<extra_id_${n}>`, count - 1 - n),
  ).reverse();
  return files(
    { eos_token: '</s>', pad_token: '<pad>', unk_token: '<unk>' },
    {
      added_tokens: [...T5_SPECIAL.map(special), ...sentinels, special('<image>', count)],
      pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'WhitespaceSplit' }, metaspace] },
      post_processor: template([], [{ SpecialToken: { id: '</s>', type_id: 0 } }], { '</s>': 1 }),
      decoder: metaspace,
      model: {
        type: 'Unigram',
        unk_id: 2,
        // Uneven steps, so that no two ways to cut a text have the same score.
        vocab: [
          ...T5_SPECIAL.map((piece) => [piece, 0]),
          ...learned.map((piece, n) => [piece, -8 - Math.log1p(n)]),
        ],
        byte_fallback: false,
      },
    },
  );
}

/** Each is one that came before with a letter after it: beginnings of words, which `space` marks. */
function pieces(space: string, count: number): [string, string][] {
  const made = new Map<string, [string, string]>();
  const grow = (start: string, letter: string) => {
    if (made.size < count && !made.has(start + letter)) made.set(start + letter, [start, letter]);
  };
  for (const word of ['Question', ...WORDS.map((plain) => space + plain)]) {
    if (made.size + word.length > count / 2) break;
    for (let end = 1; end < word.length; end++) grow(word.slice(0, end), word.charAt(end));
  }
  for (let longest = [space]; made.size < count; ) {
    for (const start of longest) for (const letter of LETTERS) grow(start, letter);
    longest = longest.flatMap((start) => LETTERS.map((letter) => start + letter));
  }
  return [...made.values()];
}

/** GPT-2's letters for bytes: printable ones stand for themselves, the others for what follows U+0100. */
function byteLetters(): string[] {
  const stands = (byte: number) => (byte > 32 && byte < 127) || (byte > 160 && byte < 256 && byte !== 173);
  let others = 0;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(stands(byte) ? byte : 256 + others++));
}

const printable = () => Array.from({ length: 94 }, (_, n) => String.fromCharCode(33 + n));

function swap(tokens: string[], at: number, other: number): void {
  const [one = '', two = ''] = [tokens[at], tokens[other]];
  tokens[at] = two;
  tokens[other] = one;
}

const special = (content: string, id: number) => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
});

function template(before: object[], after: object[], ids: Record<string, number>) {
  const sequence = (id: string) => [...before, { Sequence: { id, type_id: 0 } }, ...after];
  return {
    type: 'TemplateProcessing',
    single: sequence('A'),
    pair: [...sequence('A'), ...sequence('B')],
    special_tokens: Object.fromEntries(
      Object.entries(ids).map(([token, id]) => [token, { id: token, ids: [id], tokens: [token] }]),
    ),
  };
}

function files(named: Record<string, string>, parts: object): JsonFiles {
  return {
    'tokenizer.json': { version: '1.0', truncation: null, padding: null, normalizer: null, ...parts },
    'tokenizer_config.json': {
      ...named,
      tokenizer_class: 'TokenizersBackend',
      processor_class: 'Blip2Processor',
      clean_up_tokenization_spaces: false,
      model_max_length: 1024,
    },
  };
}
