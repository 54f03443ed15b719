import { describe, expect, it } from 'vitest';
import { fileSize } from '../../src/playground/file-size.ts';
import { startLocalDiscord } from '../support/local-discord.ts';

const mebibyte = 1024 * 1024;

describe('the size of a file', () => {
  it('is told in the units that people know, and one over a limit reads so', () => {
    expect([7, 44_500, 10 * mebibyte, 10 * mebibyte + 1].map(fileSize)).toEqual([
      '7 B',
      '43.5 KB',
      '10 MB',
      '10.1 MB',
    ]);
  });

  it('is what a person hears about a file that is too big', async () => {
    const { discord } = await startLocalDiscord({ limits: { uploadBytes: mebibyte } });
    const bytes = new Uint8Array(mebibyte + 1);
    expect(() => discord.me.post({ files: [{ name: 'a.png', bytes }] })).toThrow(
      'a.png has 1.1 MB; Discord takes at most 1 MB. Choose a smaller file.',
    );
  });

  it('is told as well where all files together are too big to be read', async () => {
    const { url, discord } = await startLocalDiscord({ limits: { uploadBytes: 2048, uploadFiles: 1 } });
    const answer = await fetch(`${url}/page/channels/${discord.channelId}/messages`, {
      method: 'POST',
      body: new Uint8Array(2 * mebibyte),
    });
    expect(await answer.json()).toEqual({ message: 'These files are too big: each may have at most 2 KB.' });
  });
});
