// Makes a model's words show in Discord as they are: no formatting, no mention, no link in disguise.
import { say } from './texts/texts.ts';

/** Marks that mean something anywhere: emphasis, code, spoilers, mentions and timestamps, masked links. */
const marks = /[\\`*_~|<[\]]/g;
/** Marks that mean something where a line begins: headings, quotes, lists, small print. */
const lineMarks = /^([ \t]*)([#>+-]|\d+(?=\.))/gm;

export function plainText(text: string): string {
  return text
    .replace(marks, '\\$&')
    .replace(lineMarks, (_, indent: string, mark: string) =>
      /\d/.test(mark) ? `${indent}${mark}\\` : `${indent}\\${mark}`,
    );
}

/** Until somebody clicks it, where the picture that it is about is. @param text of Discord's markdown */
export function covered(text: string, isHidden = false): string {
  return isHidden ? `||${text}||` : text;
}

/** The words behind what `plainText` made of them. */
export function shownText(text: string): string {
  return text.replaceAll(/\\([^\w\s])/g, '$1');
}

/** A model's answer as a message; some models fall silent on a question they can't place. */
export function spoken(text: string, locale: string): string {
  return plainText(text.trim()) || say(locale, 'silent');
}
