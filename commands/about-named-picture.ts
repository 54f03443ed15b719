// Turns a question to the picture that it names by its number.
import type { SceneImage } from '../conversation/conversations.ts';
import type { PostedImage, Services } from './command.ts';
import { UserError } from './errors.ts';
import { type NamedTogether, namedTogether } from './named-together.ts';
import { namedPicture } from './picture-number.ts';
import { saying } from './texts/texts.ts';

export interface Asked {
  readonly image: SceneImage | PostedImage;
  /** Empty: it only names a picture. */
  readonly question: string;
}

/**
 * Where the message with the picture holds several, and the question names another of them.
 * @throws UserError where there are fewer, or it names two
 */
export async function aboutNamedPicture<T extends Asked>(
  asked: T,
  { images }: Pick<Services, 'images'>,
): Promise<T> {
  const together = namedTogether(asked.question);
  const named = namedPicture(asked.question);
  const pictures = together || named ? await images.picturesBeside(asked.image) : [];
  if (pictures.length < 2) return asked;
  if (together) refuseTogether(together, pictures);
  if (!named) return asked;
  const { number, rest, isVague } = named;
  const image = numbered(number, pictures);
  if (image && namesAnother(rest, image, pictures)) throw new UserError(saying('onePictureAtOnce'));
  if (image) return { ...asked, image, question: rest };
  if (isVague) return asked;
  throw noSuchPicture(number, pictures);
}

/** @throws UserError unless it is one and the same, or what is no picture at all */
function refuseTogether({ numbers, isVague }: NamedTogether, pictures: readonly PostedImage[]): void {
  const lacking = numbers.find((number) => !numbered(number, pictures));
  if (lacking !== undefined && isVague) return;
  if (lacking !== undefined) throw noSuchPicture(lacking, pictures);
  const named = new Set(numbers.map((number) => numbered(number, pictures)));
  if (named.size > 1) throw new UserError(saying('onePictureAtOnce'));
}

function numbered(number: number, pictures: readonly PostedImage[]): PostedImage | undefined {
  return number === 0 ? undefined : pictures.at(number < 0 ? number : number - 1);
}

function noSuchPicture(number: number, pictures: readonly PostedImage[]): UserError {
  return new UserError(saying('noSuchPicture', { number: Math.abs(number), all: pictures.length }));
}

/** As in "is picture 1 brighter than picture 2": the model sees one at a time. */
function namesAnother(rest: string, image: PostedImage, pictures: readonly PostedImage[]): boolean {
  const other = namedPicture(rest);
  if (!other || other.isVague) return false;
  const named = numbered(other.number, pictures);
  return named !== undefined && named !== image;
}
