// What a call to the chat model asks of the backend: its image's features, and its messages as a prompt.
import type { BaseMessage } from '@langchain/core/messages';
import type { GenerateRequest, GenerationOptions, ImageFeatures, RequestOptions } from '../models/backend.ts';
import type { FeatureCache } from './features.ts';
import { type FetchImage, readImageBlock } from './image-block.ts';
import { type ImageBlock, onlyImage, readDialogue, refuseOtherContent } from './messages.ts';
import { orAborted } from './or-aborted.ts';
import { renderPrompt, TEMPLATE_STOPS } from './template.ts';

export interface PreparedRequest {
  readonly request: GenerateRequest;
  /** That the prompt holds before the live question. */
  readonly turns: number;
}

/** What of a call's options bears on its request. */
export interface AskedOptions extends Pick<GenerateRequest, 'stop' | 'caller' | 'onProgress' | 'signal'> {
  readonly raw?: boolean;
}

export interface RequestParts {
  /** How tokens are chosen. */
  readonly choosing: GenerationOptions & Pick<GenerateRequest, 'maxNewTokens'>;
  readonly features: FeatureCache;
  readonly fetchImage: FetchImage | undefined;
  /** Aborts when the call has gone or is too late. */
  readonly signal: AbortSignal;
}

/** @throws TypeError for what BLIP-2 can't do */
export async function prepareRequest(
  messages: BaseMessage[],
  options: AskedOptions,
  parts: RequestParts,
): Promise<PreparedRequest> {
  refuseOtherOptions(options);
  messages.forEach(refuseOtherContent);
  const { raw, caller, onProgress, signal, stop = TEMPLATE_STOPS } = options;
  const { turns, question } = readDialogue(messages);
  const captions = raw || (turns.length === 0 && question === '');
  if (captions && turns.length > 0) {
    throw new TypeError(`A caption follows no turns, got ${turns.length}. Send the image's message alone.`);
  }
  const waiting = { ...(caller !== undefined && { caller }), ...(onProgress && { onProgress }) };
  const request: GenerateRequest = {
    features: await featuresOf(onlyImage(messages), parts, waiting),
    prompt: captions ? question : renderPrompt(turns, question),
    ...parts.choosing,
    stop,
    ...waiting,
    ...(signal && { signal }),
  };
  return { request, turns: turns.length };
}

async function featuresOf(
  image: ImageBlock,
  { features, fetchImage, signal }: RequestParts,
  waiting: Pick<RequestOptions, 'caller' | 'onProgress'>,
): Promise<ImageFeatures> {
  const { fileId } = image;
  if (fileId === undefined) {
    const file = await orAborted(readImageBlock(image, fetchImage, signal), signal);
    return (await features.look(file, { ...waiting, signal })).features;
  }
  const found = await features.find(fileId);
  if (!found) throw new TypeError(`No features are kept for the image "${fileId}". Send its bytes as data.`);
  return found;
}

function refuseOtherOptions(options: object): void {
  const others = ['tools', 'tool_choice', 'functions', 'response_format'];
  const asked = others.find((name) => Reflect.get(options, name) !== undefined);
  if (!asked) return;
  const why = asked === 'response_format' ? 'answers with plain text' : 'calls no tools';
  throw new TypeError(`BLIP-2 ${why}. Invoke the model without ${asked}.`);
}
