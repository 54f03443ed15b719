// The answer to one request: its tokens' text as it becomes final, until the EOS, a stop string or the limit.
import type { GeneratedToken, GenerateRequest, Generation, ModelInfo } from '../backend.ts';
import type { GenerationConfig } from '../checkpoint/generation-config.ts';
import type { PromptTokenizer } from '../checkpoint/tokenizer.ts';
import type { Decoder } from '../decoder/decoder.ts';
import { ModelError } from '../errors.ts';
import { AnswerText } from './answer-text.ts';
import { chooseTokens } from './choose-tokens.ts';
import { checkRequest } from './options.ts';
import { penalties } from './penalties.ts';
import { answerRoom } from './room.ts';
import type { Search } from './search.ts';

export interface Writer extends Pick<ModelInfo, 'maxPositions' | 'answerSharesWindow'> {
  readonly decoder: Decoder;
  readonly tokenizer: PromptTokenizer;
  readonly eosTokenIds: GenerationConfig['eosTokenIds'];
}

/**
 * Token for token what transformers' `Blip2ForConditionalGeneration.generate` adds. A token whose text a later one
 * could change is yielded only after the next is known, so that the yielded texts add up to the answer.
 *
 * @throws RequestError when an option is out of its range or contradicts another
 * @throws ModelError when the prompt leaves no position for an answer
 */
export async function* generate(
  writer: Writer,
  request: GenerateRequest,
): AsyncGenerator<GeneratedToken, Generation, void> {
  checkRequest(request);
  return yield* write(writer, startSearch(writer, request));
}

async function* write(
  { eosTokenIds }: Writer,
  search: Search & { readonly promptTokens: number },
): AsyncGenerator<GeneratedToken, Generation, void> {
  const { stop, signal } = search.request;
  const answer = new AnswerText(search.decode, stop);
  let waiting: GeneratedToken | undefined;
  let finish: Generation['finish'] = 'length';
  let sum = 0;
  for await (const { id, logprob } of chooseTokens(search)) {
    sum += logprob;
    if (eosTokenIds.includes(id)) {
      finish = 'eos';
      break;
    }
    if (waiting !== undefined) yield waiting;
    waiting = { id, text: answer.push(id), logprob };
    if (answer.stopped) {
      finish = 'stop';
      break;
    }
    if (!answer.holdsBack) {
      yield waiting;
      waiting = undefined;
    }
  }
  signal?.throwIfAborted();
  if (waiting !== undefined) yield { ...waiting, text: waiting.text + answer.finish() };
  const { tokens, text } = answer;
  return { tokens, text, promptTokens: search.promptTokens, finish, logprob: sum };
}

function startSearch(writer: Writer, request: GenerateRequest): Search & { readonly promptTokens: number } {
  const { decoder, tokenizer, eosTokenIds } = writer;
  const { features, prompt } = request;
  const ids = tokenizer.promptIds(prompt);
  const promptTokens = features.queryTokens + ids.length;
  const context = decoder.context(features.queryTokens, ids);
  return {
    request,
    ids,
    promptTokens,
    context,
    eosTokenIds,
    limit: Math.min(request.maxNewTokens, roomFor(promptTokens, writer)),
    penalties: penalties(request, { eosTokenIds, contextLength: context.length }),
    decoder,
    decode: (tokens) => tokenizer.decode(tokens),
  };
}

function roomFor(promptTokens: number, writer: Writer): number {
  const room = answerRoom(promptTokens, writer);
  if (room >= 1) return room;
  const { maxPositions, answerSharesWindow } = writer;
  throw new ModelError(
    answerSharesWindow
      ? `The picture and the prompt take ${promptTokens} tokens, but the decoder has ${maxPositions} positions and the answer needs one at least. Shorten the prompt.`
      : `The picture and the prompt take ${promptTokens} tokens, but the encoder reads at most ${maxPositions}. Shorten the prompt.`,
  );
}
