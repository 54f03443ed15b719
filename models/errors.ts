// What can go wrong with a checkpoint, a device or an image, each with its remedy in the message.
import { render, type Saying } from './saying.ts';

export class ModelError extends Error {
  override name = 'ModelError';
}

/** A checkpoint that can't be loaded: names the file, tensor or setting. */
export class CheckpointError extends ModelError {
  override name = 'CheckpointError';
}

/** A file of weights that is of no use as it is: only another in its place helps. */
export class UnusableFileError extends CheckpointError {
  /** The message without its remedy. */
  readonly problem: string;

  constructor(problem: string, options?: ErrorOptions) {
    super(`${problem} Download it again.`, options);
    this.problem = problem;
  }
}

/** What Git leaves in the place of a file in LFS that was not fetched. */
export class PointerFileError extends CheckpointError {}

/** What the model computed is no number: its weights are damaged, or a device can't hold its numbers. */
export class NumberError extends ModelError {
  override name = 'NumberError';
}

/** The graph that writes a whole answer fails, where the one for a step does not. */
export class WholeAnswerError extends ModelError {
  override name = 'WholeAnswerError';

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** A device that was asked for by name and can't be used. */
export class DeviceError extends ModelError {
  override name = 'DeviceError';
}

/** Told to people: the message is the saying in English. */
export class ToldError extends ModelError {
  override name = 'ToldError';
  readonly saying: Saying;

  constructor(saying: Saying, options?: ErrorOptions) {
    super(render(saying), options);
    this.saying = saying;
  }
}

/** An image that can't be read. The message is a sentence safe to show to whoever posted it. */
export class ImageError extends ToldError {
  override name = 'ImageError';
}

/** An animation without the frame that was asked for. The message is safe to show to whoever asked. */
export class FrameError extends ToldError {
  override name = 'FrameError';
}

/** The model's thread ended, or hangs, before it had answered. Asking again starts another. */
export class StoppedError extends ModelError {
  override name = 'StoppedError';
}

/** A request that asks for what can't be, such as a share above 1: names the option, its value and its range. */
export class RequestError extends ModelError {
  override name = 'RequestError';
}

/** Too many ask at once. The message is a sentence safe to show to a person, and says when to try again. */
export class BusyError extends ToldError {
  override name = 'BusyError';
}
