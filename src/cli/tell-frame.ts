import type { FramePlace } from '../../models/backend.ts';
import { type CliIo, printLine } from './cli-io.ts';

/** Says on stderr which frame of an animation was looked at; nothing of a picture at rest. */
export function tellFrame(frame: FramePlace | undefined, { stderr }: Pick<CliIo, 'stderr'>): void {
  if (frame) printLine(stderr, `Looked at frame ${frame.number} of ${frame.count}.`);
}
