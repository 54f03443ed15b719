// Which frame of an animation is meant: as an option gives it, or as a question names it, as in "the last frame".
import type { SceneImage } from '../conversation/conversations.ts';
import { ofFrame } from '../conversation/frames.ts';
import type { FrameChoice } from '../models/backend.ts';
import { isApng } from '../models/is-apng.ts';
import type { PostedImage, Services } from './command.ts';
import { UserError } from './errors.ts';
import { en } from './number-words.ts';
import { saying } from './texts/texts.ts';

const first = { number: 1 };
const middle = { place: 0.5 };
const last = { place: 1 };

/** What people call them. */
const places: Readonly<Record<string, FrameChoice>> = {
  first,
  beginning: first,
  start: first,
  middle,
  halfway: middle,
  last,
  final: last,
  end: last,
};

/**
 * @param given a word, a number from 1, or a share such as "50%"
 * @throws UserError for anything else
 */
export function readFrame(given: string): FrameChoice {
  const [, word = '', digits, percent] =
    /^(?:(?:the|frame)\s+)*#?([a-z]+|(\d{1,6})\s?(%?))(?:\s+frame)?$/i.exec(given.trim()) ?? [];
  const number = Number(digits);
  const choice = digits ? numbered(number, percent === '%') : placeOf(word);
  if (choice) return choice;
  throw new UserError(saying('noSuchFrame', { frame: given.replace(/[`\n]/g, '') }));
}

function numbered(number: number, isShare: boolean): FrameChoice | undefined {
  if (isShare) return number <= 100 ? { place: number / 100 } : undefined;
  return number > 0 ? { number } : undefined;
}

function placeOf(word: string): FrameChoice | undefined {
  const lower = word.toLowerCase();
  if (Object.hasOwn(places, lower)) return places[lower];
  const ordinal = en.places.indexOf(lower);
  return ordinal === -1 ? undefined : { number: ordinal + 1 };
}

export interface NamedFrame {
  readonly frame: FrameChoice;
  /** The question as it is put about that frame alone; empty where it only names one. */
  readonly rest: string;
}

const words = [...Object.keys(places), ...en.places].join('|');
const patterns = [
  new RegExp(`\\b(?:the )?(${words}) frame\\b`, 'i'),
  /\b(?:the )?(\d{1,6})(?:st|nd|rd|th) frame\b/i,
  /\b(?:the )?frame (?:number |no\.? |#)?(\d{1,6})\b(?!\s?%)/i,
  /\b(?:the )?(beginning|start|middle|end) of the (?:gif|animation)\b/i,
];

/** Undefined where it names none. */
export function namedFrame(question: string): NamedFrame | undefined {
  const text = question.trim();
  for (const pattern of patterns) {
    const [phrase, named = ''] = pattern.exec(text) ?? [];
    const frame = /^\d/.test(named) ? numbered(Number(named), false) : placeOf(named);
    if (phrase === undefined || !frame) continue;
    const rest = text.replace(phrase, 'the picture').replace(/^(?:(?:in|at|on) )?the picture[.!?]?$/i, '');
    return { frame, rest };
  }
  return undefined;
}

/** What a question is about, where it names a frame of a picture that moves; as it was otherwise. */
export async function aboutNamedFrame<Image extends SceneImage | PostedImage>(
  image: Image,
  question: string,
  services: Pick<Services, 'images' | 'signal'>,
): Promise<{ readonly image: Image; readonly question: string }> {
  const named = namedFrame(question);
  if (!named || !(await moves(image, services))) return { image, question };
  return { image: ofFrame(image, named.frame), question: named.rest };
}

/** As far as the address tells. */
export function mayMove(image: SceneImage | PostedImage): boolean {
  return /^(gif|webp|a?png)$/.test(endingOf(image));
}

/** A frame is also a thing on a wall, or a part of a comic: of PNGs most are at rest, but for those in stickers. */
async function moves(
  image: SceneImage | PostedImage,
  { images, signal }: Pick<Services, 'images' | 'signal'>,
): Promise<boolean> {
  const isSticker = image.attachmentId.startsWith('sticker:');
  if (endingOf(image) !== 'png' || isSticker) return mayMove(image);
  try {
    const bytes = await images.fetch(image, signal);
    return bytes !== undefined && isApng(bytes);
  } catch (error) {
    // Why it can't be had is told where it is looked at.
    if (error instanceof UserError) return false;
    throw error;
  }
}

function endingOf(image: SceneImage | PostedImage): string {
  if (!('url' in image)) return '';
  return (/\.(\w+)$/.exec(new URL(image.url).pathname)?.[1] ?? '').toLowerCase();
}
