import { describe, expect, it } from 'vitest';
import type { Images } from '../../commands/command.ts';
import { UserError } from '../../commands/errors.ts';
import { offeredFrames } from '../../commands/frame-option.ts';
import { aboutNamedFrame, namedFrame, readFrame } from '../../commands/named-frame.ts';
import { saying } from '../../commands/texts/texts.ts';
import { animated, plain } from '../support/animation.ts';

describe('the frame that an option names', () => {
  it.each([
    ['first', { number: 1 }],
    ['Middle', { place: 0.5 }],
    ['last', { place: 1 }],
    ['the last frame', { place: 1 }],
    ['end', { place: 1 }],
    ['3', { number: 3 }],
    ['frame 3', { number: 3 }],
    ['#12', { number: 12 }],
    ['third', { number: 3 }],
    ['25%', { place: 0.25 }],
    ['100 %', { place: 1 }],
  ])('%s', (given, frame) => {
    expect(readFrame(given)).toEqual(frame);
  });

  it.each(['0', '101%', '-1', 'blue', '3.5', 'constructor', '12345678'])('is none in "%s"', (given) => {
    expect(() => readFrame(given)).toThrow(`"${given}" names no frame. Write first, middle, last,`);
  });
});

describe('the frame that a question names', () => {
  it.each([
    ['What is in the last frame?', { place: 1 }, 'What is in the picture?'],
    [
      'What color is the background in frame 3?',
      { number: 3 },
      'What color is the background in the picture?',
    ],
    ['In the 2nd frame, is it red?', { number: 2 }, 'In the picture, is it red?'],
    ['Is there a bee in the second frame', { number: 2 }, 'Is there a bee in the picture'],
    ['What is there at the end of the GIF?', { place: 1 }, 'What is there at the picture?'],
    ['frame no. 4', { number: 4 }, ''],
    ['in the middle frame.', { place: 0.5 }, ''],
  ])('%s', (question, frame, rest) => {
    expect(namedFrame(question)).toEqual({ frame, rest });
  });

  it.each([
    'Is there a frame?',
    'What is in the frame?',
    'Is the frame 0 cm wide?',
    'Is it the last one?',
    '',
  ])('is none in "%s"', (question) => {
    expect(namedFrame(question)).toBeUndefined();
  });

  it('is taken as one only where the picture moves', async () => {
    const image = { channelId: '1', messageId: '2', attachmentId: '3' };
    const [moving, still] = await Promise.all([animated([await plain('#f00')], 'png'), plain('#f00')]);
    const fetched: Record<string, Uint8Array> = { 'moving.png': moving, 'comic.png': still };
    const fetch = async (asked: object) => {
      if ('url' in asked && String(asked.url).endsWith('kept.png'))
        throw new UserError(saying('linkExpired'));
      return 'url' in asked ? fetched[String(asked.url).split('/').at(-1) ?? ''] : undefined;
    };
    const services = { images: { fetch } as unknown as Images, signal: new AbortController().signal };
    const about = (picture: typeof image) => aboutNamedFrame(picture, 'What is in frame 2?', services);
    const at = async (name: string) =>
      (await about({ ...image, ...{ url: `https://cdn.discordapp.com/a/${name}` } })).image.attachmentId;
    expect(await at('cat.gif?ex=1')).toBe('3@2');
    expect(await at('cat.WEBP')).toBe('3@2');
    expect(await at('moving.png')).toBe('3@2');
    expect(await at('comic.png')).toBe('3');
    expect(await at('kept.png')).toBe('3');
    expect((await about(image)).image).toBe(image);
  });
});

describe('what is offered while one types a frame', () => {
  it.each([
    ['', ['first', 'middle', 'last']],
    ['m', ['middle']],
    ['3', ['3', '3%']],
    ['50%', ['50', '50%']],
    ['400', ['400']],
    ['x', []],
  ])('%s', (typed, values) => {
    expect(offeredFrames(typed).map(({ value }) => value)).toEqual(values);
  });
});
