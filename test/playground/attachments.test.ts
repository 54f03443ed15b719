import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sniffImage } from '../../src/playground/state/image-size.ts';
import { connect } from '../support/discord-client.ts';
import { later } from '../support/later.ts';
import { startLocalDiscord } from '../support/local-discord.ts';
import { call } from '../support/rest-call.ts';

const picture = sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } });

describe('attachments in the local Discord', () => {
  it('from people have a size, a type and an address that serves their bytes', async () => {
    const playground = await startLocalDiscord();
    const bytes = await picture.clone().png().toBuffer();
    const message = playground.discord.me.post({ files: [{ name: 'red one.png', bytes }] });

    const [attachment] = message.attachments;
    expect(attachment).toMatchObject({
      filename: 'red_one.png',
      size: bytes.length,
      width: 30,
      height: 20,
      content_type: 'image/png',
    });
    const url = new URL(attachment?.url ?? '');
    expect(url.host).toBe(playground.cdnHost);
    expect([...url.searchParams.keys()]).toEqual(['ex', 'is', 'hm']);
    const served = await fetch(url);
    expect(Buffer.from(await served.arrayBuffer())).toEqual(bytes);
    expect(served.headers.get('content-type')).toBe('image/png');
  });

  it('have the type that their name tells, and the size of the picture that they are', async () => {
    const playground = await startLocalDiscord();
    const bytes = await picture.clone().png().toBuffer();
    const names = ['red', 'red.jpg', 'red.xyz'];
    const { attachments } = playground.discord.me.post({ files: names.map((name) => ({ name, bytes })) });
    expect(attachments.map(({ content_type: type }) => type)).toEqual([undefined, 'image/jpeg', undefined]);
    expect(attachments.map(({ width }) => width)).toEqual([30, 30, 30]);
  });

  it('keep a name in any script', async () => {
    const playground = await startLocalDiscord();
    const files = [{ name: 'Kätzchen (1) 猫.txt', bytes: Buffer.from('a') }];
    const [attachment] = playground.discord.me.post({ files }).attachments;
    expect(attachment?.filename).toBe('Kätzchen_1_猫.txt');
    expect((await fetch(attachment?.url ?? '')).status).toBe(200);
  });

  it('from the bot arrive with their description', async () => {
    const playground = await startLocalDiscord();
    const client = await connect(playground);
    const channel = await client.channels.fetch(playground.discord.channelId);
    if (!channel?.isSendable()) throw new Error('The channel takes no messages.');
    const files = [
      { attachment: Buffer.from('one'), name: 'one.txt', description: 'The first' },
      { attachment: Buffer.from('two'), name: 'two.txt' },
    ];
    const sent = await channel.send({ content: 'here', files });

    expect(sent.attachments.map(({ name, description }) => [name, description])).toEqual([
      ['one.txt', 'The first'],
      ['two.txt', null],
    ]);
    const [first, last] = [...sent.attachments.keys()].map((id) => ({ id }));
    const described = await sent.edit({
      attachments: [
        { ...first, description: '' },
        { ...last, description: 'The second' },
      ] as never,
    });
    expect(described.attachments.map(({ description }) => description)).toEqual([null, 'The second']);
    const edited = await sent.edit({ attachments: [{ id: sent.attachments.lastKey() ?? '' }] });
    expect(edited.attachments.map(({ name }) => name)).toEqual(['two.txt']);
    const [, second] = playground.discord.me.read()[0]?.attachments ?? [];
    expect(second).toBeUndefined();
  });

  it('have addresses that expire and are fresh when the message is fetched again', async () => {
    const playground = await startLocalDiscord({ limits: { attachmentUrlMs: 60_000 } });
    const { me, channelId } = playground.discord;
    const message = me.post({ files: [{ name: 'a.txt', bytes: Buffer.from('a') }] });
    const url = message.attachments[0]?.url ?? '';
    expect((await fetch(url)).status).toBe(200);
    later(60_001);
    const expired = await fetch(url);
    expect([expired.status, await expired.text()]).toEqual([404, 'This content is no longer available.']);
    const again = await call(playground, 'GET', `/channels/${channelId}/messages/${message.id}`);
    expect((await fetch(again.body.attachments[0].url)).status).toBe(200);
  });

  it('are not served under addresses that were tampered with', async () => {
    const playground = await startLocalDiscord();
    const message = playground.discord.me.post({ files: [{ name: 'a.txt', bytes: Buffer.from('a') }] });
    const url = new URL(message.attachments[0]?.url ?? '');
    url.searchParams.set('ex', 'fffffffffff');
    expect((await fetch(url)).status).toBe(404);
    url.search = '';
    expect((await fetch(url)).status).toBe(404);
  });

  it('cannot run as a page of this origin', async () => {
    const playground = await startLocalDiscord();
    const html = Buffer.from('<script>alert(1)</script>');
    const names = ['evil.html', 'evil.svg'];
    const files = names.map((name) => ({ name, bytes: html }));
    const message = playground.discord.me.post({ files });
    for (const { url } of message.attachments) {
      const { headers } = await fetch(url);
      expect(headers.get('content-disposition')).toMatch(/^attachment/);
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('go with their message, and the oldest go when there are too many bytes', async () => {
    const playground = await startLocalDiscord({ limits: { keptBytes: 10 } });
    const { me } = playground.discord;
    const post = (name: string) => me.post({ files: [{ name, bytes: Buffer.alloc(6) }] });
    const status = async ({ attachments }: ReturnType<typeof post>) =>
      (await fetch(attachments[0]?.url ?? '')).status;
    const first = post('first.bin');
    expect(await status(first)).toBe(200);
    const second = post('second.bin');
    expect(await status(first)).toBe(404);
    expect(await status(second)).toBe(200);
    me.delete(second);
    expect(await status(second)).toBe(404);
  });

  it('are refused when they are too big or too many', async () => {
    const playground = await startLocalDiscord({ limits: { uploadBytes: 100, uploadFiles: 2 } });
    const { me, channelId } = playground.discord;
    const upload = (...sizes: number[]) => {
      const form = new FormData();
      form.set('payload_json', '{}');
      sizes.forEach((size, index) => {
        form.set(`files[${index}]`, new Blob([new Uint8Array(size)]), `${index}.bin`);
      });
      return call(playground, 'POST', `/channels/${channelId}/messages`, form);
    };
    expect(await upload(101)).toMatchObject({ status: 413, body: { code: 40_005 } });
    expect(await upload(1, 1, 1)).toMatchObject({ status: 400, body: { code: 50_035 } });
    const files = [{ name: 'big.bin', bytes: Buffer.alloc(101) }];
    expect(() => me.post({ files })).toThrow('big.bin has 101 B; Discord takes at most 100 B.');
  });
});

describe('the size of an image', () => {
  it.each(['png', 'jpeg', 'webp', 'gif'] as const)('is read from a %s', async (format) => {
    const bytes = await picture.clone().toFormat(format).toBuffer();
    expect(sniffImage(bytes)).toEqual({ contentType: `image/${format}`, width: 30, height: 20 });
  });

  it('is read from a lossless WebP and one with transparency', async () => {
    const lossless = await picture.clone().webp({ lossless: true }).toBuffer();
    const transparent = await picture.clone().ensureAlpha(0.5).webp().toBuffer();
    expect(sniffImage(lossless)).toMatchObject({ width: 30, height: 20 });
    expect(sniffImage(transparent)).toMatchObject({ width: 30, height: 20 });
  });

  it('is unknown for a file that is cut short or no image', async () => {
    const bytes = await picture.clone().png().toBuffer();
    expect(sniffImage(bytes.subarray(0, 12))).toEqual({ contentType: 'image/png' });
    expect(sniffImage(Buffer.from('GIF8'))).toEqual({ contentType: 'image/gif' });
    expect(sniffImage(Buffer.from('hello'))).toBeUndefined();
  });
});
