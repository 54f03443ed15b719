// How people name one of several pictures: "picture 2", "das zweite Bild", "la dernière photo", "2枚目", "第二张". Whatever
// language somebody's Discord is in: who reads another asks in English, too.
import { anyOf, de, en, es, fr, han, placeIn, placesIn } from './number-words.ts';
import { atEnd, digits, latin, notAfter, notBefore, onlyAfter, onlyBefore } from './word-patterns.ts';

/** Its groups: `n`, the number or place; `back`, where it counts from the end; `noun`, what stays in the question. */
export interface PictureName {
  readonly pattern: RegExp;
  /** Stays in the question in place of the whole; the noun by default. */
  readonly instead?: string;
  /** It may also be something in the picture: the last one in a row, a number on a shirt. */
  readonly isVague?: true;
}

export const frenchWords =
  "y|il|elle|on|est|a|et|ou|de|du|des|d['’].*|que|qui|avec|un|une|le|la|les|montre|contient|se|sont|ont|plus";

function inFrench(): PictureName[] {
  const number = `(?<n>${digits}|${anyOf(...fr.numbers)})${onlyBefore(frenchWords)}`;
  // An English sentence has the same nouns.
  const noun = "(?<noun>(?:l['’]|la |cette |sur |dans |d['’]|de )(?:image|photo))";
  return [
    { pattern: latin(`${noun}(?: num[ée]ro| n[°º]| no\\.?)? ?#?${number}`) },
    { pattern: latin(`(?:la |cette )?(?<n>${placeIn.fr}) image`), instead: "l'image" },
    { pattern: latin(`(?<n>${placeIn.fr}) (?<noun>photo)`) },
    { pattern: latin(`la (?<n>${placesIn(fr)}|seconde)${atEnd}`), instead: "l'image", isVague: true },
    {
      pattern: latin(`${onlyAfter('sur|dans|et|du|de|est')}(?:le )?num[ée]ro ${number}`),
      instead: "l'image",
      isVague: true,
    },
  ];
}

export const spanishWords =
  'hay|es|est[áa]|tiene|muestra|aparece|contiene|y|o|de|del|que|qu[ée]|a|con|se|son|tienen|un|una|el|la|los|las|m[áa]s';

function inSpanish(): PictureName[] {
  const number = `(?<n>${digits}|${anyOf(...es.numbers)})${onlyBefore(spanishWords)}`;
  const noun = '(?<noun>imagen|foto)';
  return [
    { pattern: latin(`${noun}(?: n[úu]mero| n[°º]| n\\.º)? ?#?${number}`) },
    { pattern: latin(`(?<n>${placeIn.es}) ${noun}`) },
    { pattern: latin(`la (?<n>${placesIn(es)})${atEnd}`), instead: 'la imagen', isVague: true },
    {
      pattern: latin(`${onlyAfter('en|y|de|del|es|sobre')}(?:el )?n[úu]mero ${number}`),
      instead: 'la imagen',
      isVague: true,
    },
  ];
}

function inGerman(): PictureName[] {
  const place = `(?:(?<n>${placesIn(de)}|siebent)e[nmrs]?)`;
  const number = `(?: Nummer| Nr\\.?)? ?#?(?<n>${digits}|${anyOf(...de.numbers)})`;
  const noun = '(?<noun>Bild(?:es|e)?|Foto|Photo)';
  const bare = notAfter('das|dem|dies|diesem|im|am|vom|ein|einem|la|una|esta|the');
  return [
    { pattern: latin(`(?<noun>auf|in|von|zu|bei|mit|aus) Bild${number}`), instead: '$<noun> dem Bild' },
    { pattern: latin(`${bare}Bild${number}`), instead: 'das Bild' },
    { pattern: latin(`${bare}(?<noun>Foto)${number}`) },
    { pattern: latin(`(?<noun>Bild|Foto) (?:Nummer|Nr\\.?) ?(?<n>${digits}|${anyOf(...de.numbers)})`) },
    { pattern: latin(`${place} ${noun}`) },
    { pattern: latin(`(?<n>${digits})\\. ${noun}`) },
    {
      pattern: latin(`(?<noun>das|dem|im|am|vom|zum|beim) ${place}${atEnd}`),
      instead: '$<noun> Bild',
      isVague: true,
    },
    {
      pattern: latin(
        `${onlyAfter('auf|in|von|zu|und|ist|zeigt')}(?:Nummer|Nr\\.) ?(?<n>${digits}|${anyOf(...de.numbers)})`,
      ),
      instead: 'Bild',
      isVague: true,
    },
  ];
}

export const englishWords =
  'is|are|was|has|have|does|do|and|or|vs|with|to|than|in|on|a|an|the|that|there|like|more|please|shows?|contains?|looks?|now';

function inEnglish(): PictureName[] {
  const instead = 'the picture';
  const noun = '(?:picture|image|photo|pic)';
  const place = `(?<n>${placeIn.en})`;
  const number = `(?<n>${digits}|${anyOf(...en.numbers)}${onlyBefore(englishWords)})`;
  const marked = `${noun} (?:number |no\\.? ?|# ?)?`;
  // "Can you picture two?" and "the picture one wants" name none.
  const bare = notAfter('you|I|we|they|the|an?|this|that|my|your|each|every');
  return [
    { pattern: latin(`${bare}${marked}(?<n>${digits}|${anyOf(...en.numbers)})(?! of\\b)`), instead },
    { pattern: latin(`${notAfter('you|I|we|they')}(?:the )?${marked}${number}`), instead },
    // A file's name is none.
    { pattern: latin(`(?:the )?${noun}(?<n>${digits})(?!\\.\\w)`), instead },
    { pattern: latin(`(?:the )?${place} ${noun}`), instead },
    { pattern: latin(`the ${place} one${notBefore('from|in|on|of|to')}`), instead, isVague: true },
    { pattern: latin(`the ${place}${atEnd}`), instead, isVague: true },
    {
      pattern: latin(
        `${onlyAfter('in|on|of|is|are|about|and|to|with|for|does|show|describe|from|see')}(?:number |no\\. ?|#)${number}`,
      ),
      instead,
      isVague: true,
    },
  ];
}

const wide = '[\\d０-９]{1,2}';

function inJapanese(): PictureName[] {
  const noun = '(?<noun>画像|写真|絵|イラスト)';
  const any = `(?<n>${wide}|[${han}])`;
  // Not "写真2枚": how many there are.
  const number = `(?<n>${wide}(?![\\d０-９人個匹つ年月日回歳]|枚(?!目))|[${han}](?=[はがをにのでとも、。？?！!\\s]|番|枚目|$))`;
  const instead = '画像';
  return [
    { pattern: new RegExp(`最後から(?<back>)${any}(?:番目|枚目)(?:の${noun})?`, 'u'), instead },
    { pattern: new RegExp(`${noun}(?:の|番号|No\\.?|#)?\\s?${number}(?:番目?|枚目)?`, 'u') },
    { pattern: new RegExp(`${any}(?:枚目|番目?|つ目)の${noun}`, 'u') },
    { pattern: new RegExp(`${any}枚目`, 'u'), instead },
    { pattern: new RegExp(`(?<n>最初|最後)の${noun}`, 'u') },
    { pattern: /(?<n>最初|最後)の[1一１]枚(?!目)/u, instead },
    { pattern: new RegExp(`${any}(?:番目?|つ目)(?=[はをにがで？?]|$)`, 'u'), instead, isVague: true },
  ];
}

function inChinese(): PictureName[] {
  const noun = '(?<noun>图片|圖片|照片|图像|圖像|相片|图|圖)';
  const place = `(?<back>倒[数數])?第(?<n>${wide}|[${han}两兩])`;
  // Not "图片2张": how many there are.
  const number = `(?<n>${wide}(?![\\d０-９张張个個幅人只隻条條年月日岁歲])|[${han}两兩](?=[的里裡中上是有呢吗嗎？?，,。！!\\s]|$))`;
  // The counter of pictures is that of tables, faces and tickets, too.
  const ofPictures = '(?![桌脸臉床椅纸紙票卡牌嘴沙])';
  // The counter of all else counts pictures only where nothing follows.
  const alone = '(?=呢|[吗嗎]?[。？?！!，,\\s]*$)';
  const instead = '图片';
  return [
    { pattern: new RegExp(`${noun}(?:编号|編號|号|號)?\\s?${number}`, 'u') },
    { pattern: new RegExp(`${place}[张張幅个個]${noun}`, 'u') },
    { pattern: new RegExp(`${place}[张張幅]${ofPictures}`, 'u'), instead },
    { pattern: new RegExp(`(?<n>最[后後])的?(?:一[张張幅])?${noun}`, 'u') },
    { pattern: new RegExp(`(?<n>最[后後])一[张張幅]${ofPictures}`, 'u'), instead },
    { pattern: new RegExp(`${place}[个個]${alone}`, 'u'), instead, isVague: true },
    { pattern: new RegExp(`(?<n>最[后後])一?[个個]${alone}`, 'u'), instead, isVague: true },
  ];
}

/** What fits first holds: English last of those in Latin letters, as others have some of its nouns. */
export const pictureNames: readonly PictureName[] = [
  ...inFrench(),
  ...inSpanish(),
  ...inGerman(),
  ...inEnglish(),
  ...inJapanese(),
  ...inChinese(),
];
