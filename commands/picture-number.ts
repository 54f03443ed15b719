// Finds in a question which of several pictures it names: "picture 2", "the second one", or just "2".
import { anyOf, de, en, es, fr, han, numberFor, placesIn } from './number-words.ts';
import { type PictureName, pictureNames } from './picture-names.ts';

export interface NamedPicture {
  /** From 1, or from the end: -1 for the last. */
  readonly number: number;
  /** The question as it is put about that picture alone; empty where it only names one. */
  readonly rest: string;
  /** It may also be something in the picture, as "number 10" is: where there are fewer pictures, it is. */
  readonly isVague?: true;
}

const sentenceEnd = '[\\s.!?。？！]*';
const words = [en, de, fr, es].flatMap((language) => [anyOf(...language.numbers), placesIn(language)]);
/** "No one" names none. */
const mark = '#|第|number |no\\. ?|no ?(?=\\d)|nummer |nr\\.? ?|num[ée]ro |n\\.?[°º] ?|n[úu]mero ';
const onlyNumber = new RegExp(
  `^(?:the |das |la |le )?(?:${mark})?(\\d{1,2}|${words.join('|')}|[${han}])(?:st|nd|rd|th|e[nmrs]?|\\.?ª|枚目|番目?|[张張号號])?(?: one)?${sentenceEnd}$`,
  'iu',
);
/** What stands before or after a picture's name where nothing else is asked. */
const leadIn =
  /^(?:(?:and|now|then|or|what about|how about|und|jetzt|et|maintenant|y|ahora|in|on|auf|sur|en|じゃあ|では|那么?|那麼)[\s,、，]*)*$/iu;
const leadOut = new RegExp(`^(?:は|呢| please)?${sentenceEnd}$`, 'iu');

/** Undefined where it names none. */
export function namedPicture(question: string): NamedPicture | undefined {
  const text = question.trim();
  const alone = numberFor(onlyNumber.exec(text)?.[1] ?? '');
  if (alone !== undefined) return { number: alone, rest: '' };
  for (const name of pictureNames) {
    const found = name.pattern.exec(text);
    const number = numberFor(found?.groups?.n ?? '');
    if (!found || number === undefined) continue;
    const isFromEnd = found.groups?.back !== undefined;
    const rest = restOf(text, found, name);
    return { number: isFromEnd ? -number : number, rest, ...(name.isVague && { isVague: true }) };
  }
  return undefined;
}

function restOf(text: string, found: RegExpExecArray, { instead = '$<noun>' }: PictureName): string {
  const [before, after] = [text.slice(0, found.index), text.slice(found.index + found[0].length)];
  if (leadIn.test(before.trim()) && leadOut.test(after)) return '';
  return `${before}${instead.replace('$<noun>', found.groups?.noun ?? '')}${after}`;
}
