// The files of a message: a picture of any format reaches the model, and what is no picture is said to be none.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { emojiForFile } from './backends.ts';
import { openStage, picture, replyTo } from './stage.ts';

const backend = await emojiForFile();

describe('a mention', () => {
  it('beside characters that show nothing asks for a caption', async () => {
    const { me, mention } = await openStage(backend);
    const content = `${mention} \u200b\u2060\ufe0f`;
    const answer = await replyTo(me, me.post({ content, files: [await picture('rocket')] }));
    expect(answer.content).toBe('a rocket on a red background');
  });
});

describe('a file', () => {
  it.each(['bmp', 'heic'])('of the kind %s is looked at', async (kind) => {
    const { me, mention } = await openStage(backend);
    const bytes = await readFile(new URL(`../fixtures/capture/rocket.${kind}`, import.meta.url));
    const question = me.post({ content: mention, files: [{ name: `rocket.${kind}`, bytes }] });
    expect((await replyTo(me, question)).content).toBe('a rocket on a red background');
  });

  it.each(['png', 'heic'])(
    'without an ending to its name is looked at for what it is, such as %s',
    async (kind) => {
      const { me, mention } = await openStage(backend);
      const heic = () => readFile(new URL('../fixtures/capture/rocket.heic', import.meta.url));
      const bytes = kind === 'png' ? (await picture('rocket')).bytes : await heic();
      const question = me.post({ content: mention, files: [{ name: 'photo', bytes }] });
      expect(question.attachments[0]?.content_type).toBeUndefined();
      expect((await replyTo(me, question)).content).toBe('a rocket on a red background');
    },
  );

  it.each([
    ['clip.mp4', /^`clip\.mp4` is of type video\/mp4, .* Post a screenshot of the moment you mean\.$/],
    ['paper.pdf', /^`paper\.pdf` is of type application\/pdf, .* Post a screenshot of the page you mean\.$/],
    ['notes.txt', /^`notes\.txt` is of type text\/plain, .* Post it as a PNG/],
    ['cat.png', /^The file is not an image\. Use a JPEG, PNG, WebP, GIF, AVIF, HEIC, BMP or TIFF instead\.$/],
    ['drawing.svg', /^SVG files can't be read\./],
  ])('such as %s gets a sentence and no description', async (name, sentence) => {
    const { me, mention } = await openStage(backend);
    me.post({ files: [await picture('rocket')] });
    const bytes = Buffer.from(name.endsWith('svg') ? '<svg xmlns="http://www.w3.org/2000/svg"/>' : 'words');
    const question = me.post({ content: `${mention} What is this?`, files: [{ name, bytes }] });
    expect((await replyTo(me, question)).content).toMatch(sentence);
  });
});
