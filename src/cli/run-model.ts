// The model alone on one image and a raw prompt, for `generate` and `batch`.
import type { Backend, FramePlace, Generation, GenerationOptions } from '../../models/backend.ts';
import { checkOptions, type OptionName, pickOptions } from '../../models/generation/options.ts';
import { answerRoom } from '../../models/generation/room.ts';
import type { Encode } from '../encode-once.ts';
import { UsageError } from '../usage-error.ts';

export interface RunRequest extends GenerationOptions {
  /** Passed on as it is; empty: the model captions. */
  readonly prompt: string;
  /** Default: the checkpoint's, else 40. */
  readonly maxNewTokens?: number;
  readonly stop: readonly string[];
}

export interface Run extends Generation {
  /** Of an animation, the frame that was looked at. */
  readonly frame?: FramePlace;
}

export interface RunSettings {
  readonly signal?: AbortSignal;
  /** Default: the backend's own. */
  readonly encode?: Encode;
  /** What whoever gave the options calls them. */
  readonly label?: (name: OptionName | 'maxNewTokens' | 'earlyStopping') => string;
}

/**
 * @throws UsageError for a prompt that the decoder has no positions for
 * @throws RequestError for options that contradict the checkpoint's limits
 * @throws ImageError
 */
export async function runModel(
  backend: Backend,
  image: Uint8Array,
  { prompt, stop, ...options }: RunRequest,
  { signal, label, encode = (file, options) => backend.encodeImage(file, options) }: RunSettings = {},
): Promise<Run> {
  const { maxPositions, name, maxNewTokens = 40 } = backend.info;
  const promptTokens = backend.countPromptTokens(prompt);
  const room = answerRoom(promptTokens, backend.info);
  if (room < 1) {
    throw new UsageError(
      `The prompt takes ${promptTokens} of the ${maxPositions} positions of ${name}. Shorten it.`,
    );
  }
  const request = {
    ...pickOptions(options),
    prompt,
    stop,
    maxNewTokens: Math.min(options.maxNewTokens ?? maxNewTokens, room),
    ...(signal && { signal }),
  };
  checkOptions(request, label);
  const features = await encode(image, request);
  const tokens = backend.generate({ ...request, features, atOnce: true });
  while (true) {
    const step = await tokens.next();
    if (step.done) return { ...step.value, ...(features.frame && { frame: features.frame }) };
  }
}
