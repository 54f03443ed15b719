// Carries an error from one thread to another: structured cloning alone would lose its class and name.
import {
  BusyError,
  CheckpointError,
  DeviceError,
  FrameError,
  ImageError,
  ModelError,
  NumberError,
  RequestError,
  StoppedError,
  ToldError,
} from './errors.ts';
import type { Saying } from './saying.ts';

export interface ErrorMessage {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly cause?: ErrorMessage | undefined;
  /** Of one that people are told. */
  readonly saying?: Saying | undefined;
}

const CLASSES = {
  ModelError,
  CheckpointError,
  DeviceError,
  NumberError,
  RequestError,
  StoppedError,
  TypeError,
  RangeError,
  SyntaxError,
};
const TOLD_CLASSES = { BusyError, FrameError, ImageError };

export function packError(error: unknown): ErrorMessage {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack, cause } = error;
  const saying = error instanceof ToldError ? error.saying : undefined;
  return { name, message, stack, saying, cause: cause === undefined ? undefined : packError(cause) };
}

/** The stack stays the one of the thread where it happened. */
export function unpackError(packed: ErrorMessage): Error {
  const { name, stack } = packed;
  const error = remake(packed);
  if (error.name !== name) error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}

function remake({ name, message, cause, saying }: ErrorMessage): Error {
  const options = cause === undefined ? {} : { cause: unpackError(cause) };
  if (saying) return new (find(TOLD_CLASSES, name) ?? ToldError)(saying, options);
  const Class: ErrorConstructor | (new (message: string, options?: ErrorOptions) => Error) =
    find(CLASSES, name) ?? Error;
  return new Class(message, options);
}

function find<Class>(classes: Readonly<Record<string, Class>>, name: string): Class | undefined {
  return Object.hasOwn(classes, name) ? classes[name] : undefined;
}
