// Finds in a question the pictures that it names together, as in "compare pictures 1 and 2", "das erste und das zweite
// Bild" or "1枚目と2枚目". The model sees one at a time, and of one alone such a question makes no sense.
import { anyOf, de, en, es, fr, han, numberFor, placeIn, placesIn } from './number-words.ts';
import { englishWords, frenchWords, spanishWords } from './picture-names.ts';
import { atEnd, digits, latin, notAfter, onlyBefore } from './word-patterns.ts';

export interface NamedTogether {
  /** Two at least; as in NamedPicture. */
  readonly numbers: readonly number[];
  /** As in NamedPicture. */
  readonly isVague?: true;
}

interface Way {
  /** Its group: `list`, the numbers and places; absent where it says "both" or "the first three". */
  readonly pattern: RegExp;
  readonly isVague?: true;
}

/** Of a language with spaces between words; all but the words themselves are patterns. */
interface Language {
  readonly numbers: readonly string[];
  readonly place: string;
  readonly one: string;
  readonly several: string;
  /** Before each of them, with its space. */
  readonly article: string;
  /** That without which a place alone names none: "first and last" may be anything. */
  readonly the: string;
  /** "Number", with its space. */
  readonly mark: string;
  readonly and: string;
  /** Joins two where nothing else is joined to the second: "compare picture 1 with 2", not "picture 1 with 2 dogs". */
  readonly with: string;
  readonly both: string;
  /** Behind it numbers alone are pictures. */
  readonly compare: string;
  /** What goes on after a picture's number, and not after how many there are of something. */
  readonly after: string;
}

const articlesBefore = 'you|I|we|they|the|an?|this|that|my|your|each|every|das|dem|la|una|esta|cette';

function waysIn({ numbers, place, article, the, mark, and, after, ...words }: Language): Way[] {
  const [one, several] = [`(?:${words.one})`, `(?:${words.several})`];
  const noun = `(?:${one}|${several})`;
  const number = `(?:${mark})?(?:${digits}|${anyOf(...numbers)})`;
  const placed = `(?:${article})?(?:${place})`;
  const item = `(?:${placed}(?: ${noun})?|(?:${article})?(?:${noun} ?)?${number})`;
  const joint = `(?:,? (?:${and}) | ?[&+–-] ?)`;
  const others = `(?:, ${item})*(?:${joint}${item}|,? (?:${words.with}) ${item}${atEnd})`;
  const list = (pattern: string, end = ''): RegExp => latin(`(?<list>${pattern})${end}`);
  return [
    { pattern: latin(words.both) },
    { pattern: list(`${several} ?${number}${others}`) },
    { pattern: list(`${notAfter(articlesBefore)}(?<!['’])${one} ?${number}${others}`) },
    { pattern: list(`${one} ?${number}${others}`, onlyBefore(after)) },
    { pattern: list(`${placed} ${noun}${others}`, `(?: ones?|${onlyBefore(after)})`) },
    { pattern: list(`${placed}(?:, ${placed})*${joint}${placed}`, ` ${noun}`) },
    {
      pattern: list(`(?:${the})(?:${place})(?:, ${placed})*${joint}${placed}`, atEnd),
      isVague: true,
    },
    {
      pattern: list(`(?<=^|(?:${words.compare}) )${item}${others}`, `(?: ones?)?(?=[\\s.!?]*$)`),
      isVague: true,
    },
  ];
}

const languages: readonly Language[] = [
  {
    numbers: fr.numbers,
    place: placeIn.fr,
    one: 'image|photo',
    several: 'images|photos',
    article: "l['’]|la |les |cette |ces |des |aux |de la |de l['’]|à la |à l['’]",
    the: 'la ',
    mark: 'num[ée]ros? |n[°º] ?|no\\.? |#',
    and: 'et|ou|puis|contre',
    with: 'avec|à|et avec',
    both: '(?:les|ces|des) deux (?:(?:premi|derni)[èe]res )?(?:images|photos)',
    compare: '^et|compare[rz]?|diff[ée]rences?(?: \\S+){0,2} entre',
    after: `${frenchWords}|montrent|contiennent|semblent|ressemblent`,
  },
  {
    numbers: es.numbers,
    place: placeIn.es,
    one: 'imagen|foto',
    several: 'im[áa]genes|fotos',
    article: 'la |las |el |los |esta |estas ',
    the: 'la ',
    mark: 'n[úu]meros? |n[°º] ?|n\\.º ?|#',
    and: 'y|e|o|u|contra',
    with: 'con|a|hasta',
    both: '(?:ambas|(?:las|estas) dos)(?: primeras| [úu]ltimas)? (?:im[áa]genes|fotos)',
    compare: '^¿?y|comp[áa]ra(?:r|me)?|compare|diferencias?(?: hay)? entre',
    after: `${spanishWords}|muestran|aparecen|contienen|parecen`,
  },
  {
    numbers: de.numbers,
    place: placeIn.de,
    one: 'Bild(?:es|e)?|Foto|Photo',
    several: 'Bildern?|Fotos|Photos',
    article: 'das |dem |des |die |der |den |auf |in |im ',
    the: 'das |dem |im ',
    mark: 'Nummer |Nummern |Nr\\.? ?|#',
    and: 'und|oder|bzw\\.?|gegen',
    with: 'mit|zu|bis',
    both: 'beiden?(?: ersten| letzten)? (?:Bildern?|Fotos)|(?:ersten|letzten) (?:zwei|drei|[2-9]) (?:Bildern?|Fotos)',
    compare: '^und|vergleichen?|Vergleich(?: von| zwischen)?|Unterschiede? zwischen',
    after:
      'ist|sind|hat|haben|zeigt|zeigen|und|oder|mit|von|auf|in|im|das|die|der|ein|eine|bitte|gleich|[äa]hnlich',
  },
  {
    numbers: en.numbers,
    place: placeIn.en,
    one: 'picture|image|photo|pic',
    several: 'pictures|images|photos|pics',
    article: '(?:(?:in|on|of|from) )?(?:the )?',
    the: 'the ',
    mark: 'numbers? |no\\.? ?|#',
    and: 'and|or|vs\\.?|versus|and then|as well as|through',
    with: 'with|to',
    both: '(?:both(?: of)?(?: the| these| those| your| my)?|(?:first|last) (?:two|three|four|[2-9])) (?:pictures|images|photos|pics)',
    compare: '^and|(?:what|how) about|compare|differences? between',
    after: englishWords,
  },
];

const wide = '[\\d０-９]{1,2}';
/** How many of something, or a year, is no number of a picture. */
const noCounter = '(?![\\d０-９人個个匹只隻つ年月日回歳岁歲枚张張幅条條])';

function inJapanese(): Way[] {
  const noun = '(?:画像|写真|絵|イラスト)';
  const any = `(?:${wide}|[${han}])`;
  const place = `(?:(?:最後から)?${any}(?:枚目|(?:番目|つ目)の(?=${noun}))|(?:最初|最後)の(?=${noun}|[1一１]枚))`;
  const ofPicture = `(?:${place}(?:の?${noun}|[1一１]枚)?|${noun}(?:の|番号|No\\.?|#)?\\s?${any}(?:番目?|枚目)?${noCounter})`;
  const joint = '\\s?(?:と|、|,|や|か|および|または|対|vs\\.?|から|[-〜～&+])\\s?';
  const bare = `${any}(?:番目?|つ目)?`;
  const bares = `(?<list>${bare}(?:${joint}${bare})+)`;
  const both = `両方?の?${noun}|[2２二]枚とも|(?:最初|最後)の[2-9２-９二三四五]枚(?!目)`;
  return [
    { pattern: new RegExp(both, 'u') },
    { pattern: new RegExp(`(?<list>${ofPicture}(?:${joint}(?:${ofPicture}|${bare}${noCounter}))+)`, 'u') },
    { pattern: new RegExp(`${bares}の${noun}`, 'u') },
    { pattern: new RegExp(`^${bares}(?=を比|をくら|の違い|のちがい|は?[。？?！!]?$)`, 'u'), isVague: true },
  ];
}

function inChinese(): Way[] {
  const noun = '(?:图片|圖片|照片|图像|圖像|相片|图|圖)';
  const any = `(?:${wide}|[${han}两兩])`;
  // The counter of pictures is that of tables, faces and tickets, too.
  const ofPictures = '(?![桌脸臉床椅纸紙票卡牌嘴沙])';
  const place = `(?:(?:倒[数數])?第${any}|最[后後]一?)`;
  const ofPicture = `(?:${place}[张張幅]${ofPictures}(?:的?${noun})?|${place}个?${noun}|${noun}(?:编号|編號|号|號)?\\s?${any}${noCounter})`;
  const joint = '\\s?(?:和|与|與|跟|同|或者?|还是|還是|、|，|,|及|以及|到|至|对比|vs\\.?|[-~&+])\\s?';
  const alone = '(?=呢|[吗嗎]?[。？?！!\\s]*$)';
  const compare = '(?:比较|比較|对比|對比)(?:一下)?';
  const differ = '(?:的|有什[么麼])?(?:区别|區別|不同|差别|差別|差异|差異)';
  const bares = `(?<list>${any}(?:${joint}${any})+)`;
  return [
    { pattern: new RegExp(`[这這前后後][两兩二三四五2-9][张張幅]${ofPictures}`, 'u') },
    { pattern: new RegExp(`(?<list>${ofPicture}(?:${joint}(?:${ofPicture}|第?${any}${noCounter}))+)`, 'u') },
    { pattern: new RegExp(`(?<list>第${any}(?:${joint}第?${any})+)[张張幅]${ofPictures}`, 'u') },
    {
      pattern: new RegExp(`(?<list>${place}[个個]?(?:${joint}${place}[个個])+)${alone}`, 'u'),
      isVague: true,
    },
    { pattern: new RegExp(`(?:^|${compare})\\s?${bares}(?=${differ}|[。？?！!\\s]*$)`, 'u'), isVague: true },
  ];
}

const ways: readonly Way[] = [...languages.flatMap(waysIn), ...inJapanese(), ...inChinese()];
const waysWithoutList = ways.filter(({ pattern }) => !pattern.source.includes('(?<list>'));

/** Undefined where it names none together. */
export function namedTogether(question: string): NamedTogether | undefined {
  const text = question.trim();
  // Few questions name two, and to try each way takes 0.6 ms of the 8 that an answer costs.
  const mayList = numbersIn(text).length > 1;
  for (const { pattern, isVague } of mayList ? ways : waysWithoutList) {
    const found = pattern.exec(text);
    if (!found) continue;
    const list = found.groups?.list;
    const numbers = list === undefined ? [1, 2] : numbersIn(list);
    if (numbers.length > 1) return { numbers, ...(isVague && { isVague }) };
  }
  return undefined;
}

const spelt = [en, de, fr, es].flatMap((language) => [anyOf(...language.numbers), placesIn(language)]);
const inLatin = `(?<![\\p{L}\\p{N}])(?:${spelt.join('|')}|seconde|siebent)(?=(?:e[nmrs]?)?(?!\\p{L}))`;
const inHan = `最初|最[后後](?!から)|[${han}两兩]`;
const numberOf = new RegExp(
  `(?<back>倒[数數]第?|最後から)?(?<n>${wide}|${inLatin}|${inHan})(?:(?<=最[后後])一|の[1一１](?=枚))?`,
  'giu',
);

function numbersIn(list: string): number[] {
  return [...list.matchAll(numberOf)].flatMap(({ groups }) => {
    const number = numberFor(groups?.n ?? '');
    if (number === undefined) return [];
    return [groups?.back === undefined ? number : -number];
  });
}
