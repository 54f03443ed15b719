import { describe, expect, it } from 'vitest';
import { namedPicture } from '../../commands/picture-number.ts';

describe('the picture that a question names', () => {
  it.each([
    ['2', 2, ''],
    ['#3.', 3, ''],
    ['the second picture', 2, ''],
    ['What is in picture 2?', 2, 'What is in the picture?'],
    ['What is in the photo number 10?', 10, 'What is in the picture?'],
    ['Is the 3rd image red?', 3, 'Is the picture red?'],
    ['And the last pic, is it new?', -1, 'And the picture, is it new?'],
  ])('%s', (question, number, rest) => {
    expect(namedPicture(question)).toEqual({ number, rest });
  });

  it.each(['What is this?', 'Is that the second one?', 'Are there 2 pictures on the wall?', '2019', ''])(
    'is none in "%s"',
    (question) => {
      expect(namedPicture(question)).toBeUndefined();
    },
  );
});
