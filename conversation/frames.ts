// A frame of an animation is a picture of its own: which one stands behind the key of the file, as in `123@3` for the
// third or `123@50%` for the one in the middle. Without it, the model chooses.
import type { FrameChoice } from '../models/backend.ts';
import type { SceneImage } from './conversations.ts';

export interface FramedKey {
  /** Of the file. */
  readonly key: string;
  readonly frame?: FrameChoice;
}

export function splitFrame(attachmentId: string): FramedKey {
  const [, key, digits, percent] = /^(.*)@(\d+)(%?)$/.exec(attachmentId) ?? [];
  if (key === undefined) return { key: attachmentId };
  return { key, frame: percent ? { place: Number(digits) / 100 } : { number: Number(digits) } };
}

/** @param frame undefined: as the model chooses */
export function joinFrame(key: string, frame: FrameChoice | undefined): string {
  if (!frame) return key;
  return 'number' in frame ? `${key}@${frame.number}` : `${key}@${Math.round(frame.place * 100)}%`;
}

export function frameOf({ attachmentId }: SceneImage): FrameChoice | undefined {
  return splitFrame(attachmentId).frame;
}

/** The same picture with another frame. */
export function ofFrame<Image extends SceneImage>(image: Image, frame: FrameChoice | undefined): Image {
  return { ...image, attachmentId: joinFrame(splitFrame(image.attachmentId).key, frame) };
}

/** Whether two keys are of one file, whatever the frame. */
export function isSameFile(one: string, other: string): boolean {
  return splitFrame(one).key === splitFrame(other).key;
}
