import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Message } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CapturedImages } from '../../src/capture/captured-images.ts';
import { ImageIndex } from '../../src/capture/image-index.ts';
import type { MessageSource } from '../../src/capture/message-source.ts';
import { postedMessage } from './posted-message.ts';

let host = '';
const server = createServer((request, response) => {
  if (request.url === '/fresh') response.end('image');
  else response.writeHead(404).end();
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const scene = { channelId: '1', messageId: '10', attachmentId: '5' };
const withLink = (path: string, size = 3) =>
  postedMessage({ id: '10', files: [{ url: `http://${host}${path}`, size }] });

function capture(source: Partial<MessageSource> = {}, seen: readonly Message[] = []) {
  const messages = {
    recent: vi.fn(source.recent ?? (async () => [])),
    find: vi.fn(source.find ?? (async () => undefined)),
    starterOf: vi.fn(source.starterOf ?? (async () => undefined)),
  };
  const index = new ImageIndex();
  for (const message of seen) index.add(message);
  const limits = { maxBytes: 100, timeoutMs: 5_000, extraHosts: [host] };
  return { images: new CapturedImages({ index, messages, limits }), messages };
}

describe('CapturedImages', () => {
  it('asks Discord for nothing about an image that it saw', async () => {
    const { images, messages } = capture({}, [withLink('/fresh')]);
    expect((await images.newestIn('1'))?.messageId).toBe('10');
    expect(String(Buffer.from((await images.fetch(scene)) ?? []))).toBe('image');
    expect(messages.recent).not.toHaveBeenCalled();
    expect(messages.find).not.toHaveBeenCalled();
  });

  it('reads back a channel once, and finds what was posted before it came', async () => {
    const { images, messages } = capture({ recent: async () => [withLink('/fresh')] });
    expect((await images.newestIn('1'))?.messageId).toBe('10');
    expect((await images.newestIn('1'))?.messageId).toBe('10');
    expect(messages.recent).toHaveBeenCalledTimes(1);
  });

  it('counts nothing that was posted after the message that asks', async () => {
    const later = postedMessage({ id: '12', files: [{ id: '6' }] });
    const seen = capture({}, [withLink('/fresh'), later]);
    expect((await seen.images.newestIn('1', '11'))?.messageId).toBe('10');
    expect((await seen.images.newestIn('1', '12'))?.messageId).toBe('12');
    const readBack = capture({ recent: async () => [withLink('/fresh'), later] }, [later]);
    expect((await readBack.images.newestIn('1', '11'))?.messageId).toBe('10');
  });

  it('does not read back a channel without images each time', async () => {
    const { images, messages } = capture();
    expect(await images.newestIn('1')).toBeUndefined();
    expect(await images.newestIn('1')).toBeUndefined();
    expect(messages.recent).toHaveBeenCalledTimes(1);
  });

  it('takes the image that a thread hangs on when the thread itself holds none', async () => {
    const { images } = capture({ starterOf: async () => withLink('/fresh') });
    expect((await images.newestIn('10'))?.messageId).toBe('10');
  });

  describe('as of a message', () => {
    /** Messages 1 to 450, of which these hold an image. */
    const channelWith = (...images: number[]) => {
      const all = Array.from({ length: 450 }, (_, i) => 450 - i).map((id) =>
        postedMessage({ id: String(id), files: images.includes(id) ? [{ id: `on ${id}` }] : [] }),
      );
      return capture({
        recent: async (_, before = '451') =>
          all.filter(({ id }) => Number(id) < Number(before)).slice(0, 100),
      });
    };

    it('finds the newest image before it, page by page, however much was said since', async () => {
      const { images, messages } = channelWith(3, 40, 449);
      expect((await images.newestAsOf('1', '430'))?.messageId).toBe('40');
      expect(messages.recent.mock.calls.map(([, before]) => before)).toEqual(['431', '331', '231', '131']);
      expect((await images.newestAsOf('1', '40'))?.messageId).toBe('40');
    });

    it('leaves what is the newest now as it is', async () => {
      const { images } = channelWith(3, 40, 449);
      await images.newestAsOf('1', '39');
      expect((await images.newestIn('1'))?.messageId).toBe('449');
      expect((await images.newestIn('1', '420'))?.messageId).toBeUndefined();
    });

    it('passes over an image that can not be read', async () => {
      const { images } = channelWith(3, 40);
      await images.markUnreadable({ channelId: '1', messageId: '40', attachmentId: 'on 40' });
      expect((await images.newestAsOf('1', '430'))?.messageId).toBe('3');
    });

    it('finds nothing where there was none', async () => {
      expect(await channelWith(449).images.newestAsOf('1', '430')).toBeUndefined();
    });
  });

  it('refreshes an expired link', async () => {
    const { images } = capture({ find: async () => withLink('/fresh') }, [withLink('/stale')]);
    expect(String(Buffer.from((await images.fetch(scene)) ?? []))).toBe('image');
  });

  it('gives nothing, and forgets the image, when its message or the file on it is gone', async () => {
    const gone = capture({}, [withLink('/stale')]);
    expect(await gone.images.fetch(scene)).toBeUndefined();
    expect(await gone.images.newestIn('1')).toBeUndefined();
    const stripped = capture({ find: async () => postedMessage({ id: '10' }) });
    expect(await stripped.images.fetch(scene)).toBeUndefined();
  });

  it('says so when even a fresh link serves nothing', async () => {
    const { images } = capture({ find: async () => withLink('/stale') });
    await expect(images.fetch(scene)).rejects.toThrow(/no longer hands out/);
  });

  it('does not even ask for a file that is declared too large', async () => {
    const { images } = capture({}, [withLink('/fresh', 101)]);
    await expect(images.fetch(scene)).rejects.toThrow(
      'Expected an image of at most 100 bytes, got 101 bytes. Post a smaller copy.',
    );
  });
});
