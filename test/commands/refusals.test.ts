// Every refusal says what to do next.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { en } from '../../commands/texts/en.ts';

const root = join(import.meta.dirname, '..', '..');
const rooms = ['commands', 'src', 'conversation', 'models'];
const remedies =
  /\b(ask|attach|choose|describe|give|grant|leave|let|mention|name|open|post|reply|save|say|try|take|turn|unlock|upload|use|uses|write) /i;

interface Refusal {
  readonly place: string;
  readonly text: string;
}

/** What stands in quotes between the brackets of `new UserError(...)`, of all kinds that people are shown. */
function refusalsIn(place: string, source: string): Refusal[] {
  const made = source.matchAll(
    /new (?:User|Unreadable|Conversation|Image|Busy|FileServer)Error\((.*?)\);\n/gs,
  );
  return [...made].flatMap(([, inside = '']) => {
    const text = [...inside.matchAll(/(['"`])((?:\\.|(?!\1).)*)\1/g)].map(([, , words]) => words).join(' ');
    // What is written elsewhere, as among the texts in several languages, says it there.
    const isWhole = text.includes(' ') && !/error\.message|remedyFor|say\(/.test(inside);
    return isWhole ? [{ place, text }] : [];
  });
}

function allRefusals(): Refusal[] {
  return rooms.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.includes('training'))
      .flatMap((name) => refusalsIn(`${room}/${name}`, readFileSync(join(root, room, name), 'utf8'))),
  );
}

it('every refusal that people are shown names what to do', () => {
  const refusals = allRefusals();
  expect(refusals.length).toBeGreaterThan(20);
  expect(refusals.filter(({ text }) => !remedies.test(text))).toEqual([]);
});

it('those in several languages do so, too', () => {
  const { noPictureHere, messageWithoutPicture, noWords, pictureGone, noThreadsHere } = en;
  const { channelGone, threadClosed, wentWrong, pictureOrPerson, avatarGone, avatarWithheld } = en;
  const refusals = [noPictureHere, messageWithoutPicture, noWords, pictureGone, noThreadsHere];
  const further = [channelGone, threadClosed, wentWrong, pictureOrPerson, avatarGone, avatarWithheld];
  expect([...refusals, ...further].filter((text) => !remedies.test(text))).toEqual([]);
});

it('would find one that names nothing', () => {
  const bad = "throw new UserError('That picture is gone.');\n";
  expect(refusalsIn('a.ts', bad).filter(({ text }) => !remedies.test(text))).toHaveLength(1);
});
