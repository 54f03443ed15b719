// Carries an error from one thread to another: structured cloning alone would lose its class and name.
import {
  BusyError,
  CheckpointError,
  DeviceError,
  ImageError,
  ModelError,
  RequestError,
  StoppedError,
} from './errors.ts';

export interface ErrorMessage {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly cause?: ErrorMessage | undefined;
}

const CLASSES = {
  ModelError,
  BusyError,
  CheckpointError,
  DeviceError,
  ImageError,
  RequestError,
  StoppedError,
  TypeError,
  RangeError,
  SyntaxError,
};

export function packError(error: unknown): ErrorMessage {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack, cause } = error;
  return { name, message, stack, cause: cause === undefined ? undefined : packError(cause) };
}

/** The stack stays the one of the thread where it happened. */
export function unpackError({ name, message, stack, cause }: ErrorMessage): Error {
  const options = cause === undefined ? {} : { cause: unpackError(cause) };
  const Class: ErrorConstructor | (new (message: string, options?: ErrorOptions) => Error) =
    Object.entries(CLASSES).find(([known]) => known === name)?.[1] ?? Error;
  const error = new Class(message, options);
  if (error.name !== name) error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
