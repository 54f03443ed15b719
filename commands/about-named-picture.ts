// Turns a question to the picture that it names by its number.
import type { SceneImage } from '../conversation/conversations.ts';
import type { PostedImage, Services } from './command.ts';
import { UserError } from './errors.ts';
import { namedPicture } from './picture-number.ts';
import { saying } from './texts/texts.ts';

export interface Asked {
  readonly image: SceneImage | PostedImage;
  /** Empty: it only names a picture. */
  readonly question: string;
}

/**
 * Where the message with the picture holds several, and the question names another of them.
 * @throws UserError where there are fewer
 */
export async function aboutNamedPicture<T extends Asked>(
  asked: T,
  { images }: Pick<Services, 'images'>,
): Promise<T> {
  const named = namedPicture(asked.question);
  const pictures = named ? await images.picturesBeside(asked.image) : [];
  if (!named || pictures.length < 2) return asked;
  const { number, rest, isVague } = named;
  const image = number === 0 ? undefined : pictures.at(number < 0 ? number : number - 1);
  if (image && namesAnother(rest, image, pictures)) throw new UserError(saying('onePictureAtOnce'));
  if (image) return { ...asked, image, question: rest };
  if (isVague) return asked;
  throw new UserError(saying('noSuchPicture', { number: Math.abs(number), all: pictures.length }));
}

/** As in "compare picture 1 and picture 2": the model sees one at a time. */
function namesAnother(rest: string, image: PostedImage, pictures: readonly PostedImage[]): boolean {
  const other = namedPicture(rest);
  if (!other || other.isVague || other.number === 0) return false;
  const named = pictures.at(other.number < 0 ? other.number : other.number - 1);
  return named !== undefined && named !== image;
}
