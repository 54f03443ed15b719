// Which frame of an animation is meant: as an option gives it, or as a question names it, as in "the last frame".
import type { SceneImage } from '../conversation/conversations.ts';
import { ofFrame } from '../conversation/frames.ts';
import type { FrameChoice } from '../models/backend.ts';
import type { PostedImage } from './command.ts';
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
export function aboutNamedFrame<Image extends SceneImage | PostedImage>(
  image: Image,
  question: string,
): { readonly image: Image; readonly question: string } {
  const named = namedFrame(question);
  if (!named || !mayMove(image)) return { image, question };
  return { image: ofFrame(image, named.frame), question: named.rest };
}

/**
 * As far as the address tells; a frame is also a thing on a wall, or a part of a comic. A PNG may move, but only of
 * stickers most do.
 */
export function mayMove(image: SceneImage | PostedImage): boolean {
  if (!('url' in image)) return false;
  const { pathname } = new URL(image.url);
  const isSticker = image.attachmentId.startsWith('sticker:');
  return /\.(gif|webp|apng)$/i.test(pathname) || (isSticker && /\.png$/i.test(pathname));
}
