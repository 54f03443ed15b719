// Text to ids piece by piece, each remembered: a prompt grows by a turn at a time, and nearly all of it was there before.
import type { Tokenizer } from '@huggingface/tokenizers';
import { LRUCache } from 'lru-cache';

/** After a full stop and the like, before a space and a letter: there GPT-2's pattern always ends a word. */
const bound = /(?<=[.?!:])(?= \p{L})/u;
const rememberedPieces = 2_000;

/** @returns the very ids that `tokenizer.encode` gives; undefined where it may read across the bounds of pieces */
export function encodeByPieces(
  tokenizer: Tokenizer,
  file: object,
): ((text: string) => readonly number[]) | undefined {
  if (!splitsLikeGpt2(file)) return undefined;
  const known = new LRUCache<string, readonly number[]>({ max: rememberedPieces });
  const idsOf = (piece: string) => tokenizer.encode(piece, { add_special_tokens: false }).ids;
  const encode = (piece: string) => {
    const ids = known.get(piece) ?? idsOf(piece);
    known.set(piece, ids);
    return ids;
  };
  const { before, after } = aroundText(tokenizer.encode('a').ids, idsOf('a'));
  return (text) => [...before, ...text.split(bound).flatMap(encode), ...after];
}

interface TokenizerFile {
  readonly model?: { readonly type?: string; readonly dropout?: number | null };
  readonly normalizer?: object | null;
  readonly pre_tokenizer?: {
    readonly type?: string;
    readonly use_regex?: boolean;
    add_prefix_space?: boolean;
  };
  readonly added_tokens?: readonly {
    readonly content: string;
    readonly lstrip?: boolean;
    readonly rstrip?: boolean;
  }[];
}

function splitsLikeGpt2(file: TokenizerFile): boolean {
  const { model, normalizer, pre_tokenizer: words, added_tokens: added = [] } = file;
  const isPlain = model?.type === 'BPE' && !model.dropout && !normalizer;
  const isByWord = words?.type === 'ByteLevel' && words.use_regex !== false && !words.add_prefix_space;
  // One that takes spaces along would take them from the next piece.
  return isPlain && isByWord && added.every((one) => !one.lstrip && !one.rstrip && !/\s/.test(one.content));
}

/** The special tokens. */
function aroundText(
  whole: readonly number[],
  text: readonly number[],
): { readonly before: readonly number[]; readonly after: readonly number[] } {
  const at = whole.findIndex((_, start) => text.every((id, i) => whole[start + i] === id));
  return { before: whole.slice(0, at), after: whole.slice(at + text.length) };
}
