// Every refusal says what to do next.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { problems } from '../../commands/texts/problems/problems.ts';
import { refusals } from '../../commands/texts/refusals/refusals.ts';
import { english, type TextKey } from '../../commands/texts/texts.ts';
import type { Text } from '../../models/saying.ts';

const root = join(import.meta.dirname, '..', '..');
const rooms = ['commands', 'src', 'conversation', 'models'];
const remedies =
  /\b(ask|attach|change|check|choose|describe|give|grant|leave|let|mention|name|open|post|reply|save|say|try|take|turn|unlock|upload|use|uses|write) /i;
/** Another text within says it. */
const remedyWithin = /\{(problem|remedy|told)\}/;

const textOf = (text: Text) => (typeof text === 'string' ? text : text.other);
const namesNothing = (text: string) => !remedies.test(text) && !remedyWithin.test(text);

/** The keys in `new UserError(saying('key'))`, of all kinds of errors that people are told. */
function thrownIn(source: string): string[] {
  const made = source.matchAll(/new (?:\w+)Error\(\s*(?:saying|problem)\((.*?)\)[,;)]/gs);
  const outer = [...made].map(([, inside = '']) => inside.replaceAll(/\{.*\}/gs, ''));
  return outer.flatMap((inside) => [...inside.matchAll(/'(\w+)'/g)].map(([, key = '']) => key));
}

function allThrown(): TextKey[] {
  const keys = rooms.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => thrownIn(readFileSync(join(root, room, name), 'utf8'))),
  );
  return [...new Set(keys)].filter((key): key is TextKey => key in english && !key.endsWith('Option'));
}

it('every refusal that people are told names what to do', () => {
  // Why a better device is not used refuses nothing: the model runs all the same.
  const named = Object.entries<Text>({ ...problems.en, ...refusals.en }).filter(
    ([key]) => !/^permission|^device|^modelNotOnDevice$/.test(key),
  );
  const thrown = allThrown().map((key): [string, Text] => [key, english[key]]);
  expect(thrown.length).toBeGreaterThan(30);
  const silent = [...named, ...thrown].filter(([, text]) => namesNothing(textOf(text)));
  expect(silent).toEqual([]);
});

it('so do those that errors of Discord become', () => {
  const { channelGone, threadClosed, tooSlow, wentWrong } = english;
  expect([channelGone, threadClosed, tooSlow, wentWrong].filter(namesNothing)).toEqual([]);
});

it('would find one that names nothing', () => {
  expect(namesNothing('That picture is gone.')).toBe(true);
  expect(thrownIn("throw new UserError(saying('pictureGone'));\n")).toEqual(['pictureGone']);
});
