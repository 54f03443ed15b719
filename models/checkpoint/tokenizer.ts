// Text to the decoder's ids and back, as the checkpoint's own tokenizer does it.
import { Tokenizer } from '@huggingface/tokenizers';
import { CheckpointError } from '../errors.ts';
import { readConfig } from './config.ts';
import { encodeByPieces } from './encode-by-pieces.ts';
import { readJson, requireJson } from './json-file.ts';

const SAVE_AGAIN = 'Load it with AutoTokenizer and save it again with save_pretrained';

export interface TokenizerFiles {
  /** tokenizer.json */
  readonly tokenizer: object;
  /** tokenizer_config.json */
  readonly config: Record<string, unknown>;
}

/** Needs no sessions, so any thread can count tokens with it. */
export class PromptTokenizer {
  private readonly tokenizer: Tokenizer;
  private readonly encode: TextTokenizer;
  private readonly startId: number | undefined;
  private readonly cleanSpaces: boolean;

  /** @param bosTokenId text_config's: what follows the query tokens when there is no prompt */
  constructor(files: TokenizerFiles, bosTokenId: number | undefined) {
    const { tokenizer, config } = files;
    const whole = openTokenizer(files);
    this.tokenizer = whole;
    this.encode = encodeByPieces(whole, tokenizer) ?? ((text) => whole.encode(text).ids);
    this.startId = bosTokenId;
    this.cleanSpaces = config.clean_up_tokenization_spaces === true && !isBpe(tokenizer);
  }

  /**
   * The ids that follow the query tokens; for an empty prompt the BOS alone. Whether a BOS begins a prompt is said by
   * the post-processor of tokenizer.json, whatever `add_bos_token` says, as in transformers 5.
   */
  promptIds(prompt: string): readonly number[] {
    if (prompt === '') return this.startId === undefined ? [] : [this.startId];
    return this.encode(prompt);
  }

  /** Special tokens are left out, nothing is trimmed; an unfinished character comes out as U+FFFD. */
  decode(ids: readonly number[]): string {
    if (ids.length === 0) return '';
    return this.tokenizer.decode([...ids], {
      skip_special_tokens: true,
      clean_up_tokenization_spaces: this.cleanSpaces,
    });
  }
}

/**
 * @param folder a Hugging Face folder with config.json and tokenizer.json
 * @throws CheckpointError
 */
export async function loadTokenizer(folder: string): Promise<PromptTokenizer> {
  const { textConfig } = await readConfig(folder);
  const vocabulary = { name: 'text_config.vocab_size', size: textConfig.vocabSize };
  return open(folder, vocabulary, (files) => new PromptTokenizer(files, textConfig.bosTokenId ?? undefined));
}

/** Text to ids, special tokens included: with BERT's tokenizer `[CLS] ... [SEP]`. */
export type TextTokenizer = (text: string) => readonly number[];

/**
 * What a retrieval checkpoint's texts are read with.
 *
 * @param size of the model's vocabulary
 * @throws CheckpointError
 */
export function loadTextTokenizer(folder: string, size: number): Promise<TextTokenizer> {
  return open(folder, { name: 'qformer_config.vocab_size', size }, (files) => {
    const encoder = openTokenizer(files);
    return (text) => encoder.encode(text).ids;
  });
}

/** Where the model's is stated, and how large it is. */
interface Vocabulary {
  readonly name: string;
  readonly size: number;
}

/** @throws CheckpointError when it can't be read, or a word lies beyond the model's vocabulary */
async function open<T>(
  folder: string,
  vocabulary: Vocabulary,
  create: (files: TokenizerFiles) => T,
): Promise<T> {
  const tokenizer = await requireJson(folder, 'tokenizer.json', `${SAVE_AGAIN}, which writes one.`);
  const config = (await readJson(folder, 'tokenizer_config.json')) ?? {};
  try {
    checkVocabulary(folder, tokenizer, vocabulary);
    return create({ tokenizer, config });
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    throw new CheckpointError(
      `${folder}/tokenizer.json is not a tokenizer that can be read here. ${SAVE_AGAIN}.`,
      { cause: error },
    );
  }
}

/** Tokens that were added, such as <image>, may lie beyond the model's: nobody has to write them. */
function checkVocabulary(folder: string, tokenizer: object, { name, size }: Vocabulary): void {
  const { vocab } = (tokenizer as TokenizerFile).model ?? {};
  const strange = highestId(vocab ?? {});
  if (strange < size) return;
  throw new CheckpointError(
    `${folder}/tokenizer.json has token ${strange}, but config.json's ${name} is ${size}. Use the tokenizer that was saved with this model.`,
  );
}

interface TokenizerFile {
  readonly model?: { readonly vocab?: Vocab; readonly merges?: readonly unknown[] };
}

/**
 * SentencePiece's normaliser, a table in T5's files, is built into the library for the one table that T5 has: it differs
 * where a character and its accents are written apart, behind ones such as ² and full-width letters.
 *
 * Its words and merges are in tables of its own then. It would hold on to those of the file as well, 6 MB in OPT's, so
 * that it is given lists that can be emptied.
 */
function openTokenizer({ tokenizer, config }: TokenizerFiles): Tokenizer {
  const file: TokenizerFile = tokenizer;
  const merges = file.model?.merges?.slice();
  const model: { vocab?: Vocab } = { ...file.model, ...(merges && { merges }) };
  const opened = new Tokenizer({ ...file, model }, config);
  delete model.vocab;
  merges?.splice(0);
  return opened;
}

/** Of words by id, as in Unigram, or ids by word. */
type Vocab = readonly unknown[] | { readonly [word: string]: number };

function highestId(vocab: Vocab): number {
  if (Array.isArray(vocab)) return vocab.length - 1;
  let highest = -1;
  // Object.values would be one more list of fifty thousand, and take twice as long.
  for (const word in vocab)
    highest = Math.max(highest, (vocab as { readonly [word: string]: number })[word] ?? -1);
  return highest;
}

/** transformers 5 ignores clean_up_tokenization_spaces for BPE, which it would corrupt. */
function isBpe(tokenizer: object): boolean {
  return (tokenizer as { model?: { type?: string } }).model?.type === 'BPE';
}
