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
  constructor({ tokenizer, config }: TokenizerFiles, bosTokenId: number | undefined) {
    const whole = new Tokenizer(tokenizer, config);
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
  return open(folder, (files) => {
    checkVocabulary(folder, files.tokenizer, { name: 'text_config.vocab_size', size: textConfig.vocabSize });
    return new PromptTokenizer(files, textConfig.bosTokenId ?? undefined);
  });
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
  return open(folder, ({ tokenizer, config }) => {
    checkVocabulary(folder, tokenizer, { name: 'qformer_config.vocab_size', size });
    const encoder = new Tokenizer(tokenizer, config);
    return (text) => encoder.encode(text).ids;
  });
}

/**
 * Tokens that were added, such as <image>, may lie beyond the model's: nobody has to write them.
 *
 * @throws CheckpointError when a word of the vocabulary itself does
 */
function checkVocabulary(
  folder: string,
  tokenizer: object,
  { name, size }: { readonly name: string; readonly size: number },
): void {
  const { vocab } = (tokenizer as { model?: { vocab?: object } }).model ?? {};
  const ids: readonly number[] = Array.isArray(vocab) ? [vocab.length - 1] : Object.values(vocab ?? {});
  const strange = ids.find((id) => id >= size);
  if (strange === undefined) return;
  throw new CheckpointError(
    `${folder}/tokenizer.json has token ${strange}, but config.json's ${name} is ${size}. Use the tokenizer that was saved with this model.`,
  );
}

async function open<T>(folder: string, create: (files: TokenizerFiles) => T): Promise<T> {
  const tokenizer = await requireJson(folder, 'tokenizer.json', `${SAVE_AGAIN}, which writes one.`);
  const config = (await readJson(folder, 'tokenizer_config.json')) ?? {};
  try {
    return create({ tokenizer, config });
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    throw new CheckpointError(
      `${folder}/tokenizer.json is not a tokenizer that can be read here. ${SAVE_AGAIN}.`,
      { cause: error },
    );
  }
}

/** transformers 5 ignores clean_up_tokenization_spaces for BPE, which it would corrupt. */
function isBpe(tokenizer: object): boolean {
  return (tokenizer as { model?: { type?: string } }).model?.type === 'BPE';
}
