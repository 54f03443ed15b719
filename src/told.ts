// Errors whose sentence people are told, each in their language; their message is for the log.
import { UserError } from '../commands/errors.ts';
import { ConversationError } from '../conversation/errors.ts';
import { BusyError, FrameError, ImageError } from '../models/errors.ts';
import type { Saying } from '../models/saying.ts';

const toldKinds = [UserError, ConversationError, ImageError, FrameError, BusyError];

export function isTold(error: unknown): error is Error & { readonly saying: Saying } {
  return toldKinds.some((kind) => error instanceof kind);
}
