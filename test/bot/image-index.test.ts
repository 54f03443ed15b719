import { MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { ImageIndex } from '../../src/capture/image-index.ts';
import { postedMessage } from './posted-message.ts';

const image = [{}];

describe('ImageIndex', () => {
  it('knows the newest image by its id, in whatever order messages arrive', () => {
    const index = new ImageIndex();
    for (const id of ['999', '1001', '1000']) index.add(postedMessage({ id, files: image }));
    index.add(postedMessage({ id: '2000' }));
    expect(index.newestIn('1')?.messageId).toBe('1001');
  });

  it('keeps channels apart', () => {
    const index = new ImageIndex();
    index.add(postedMessage({ id: '10', channelId: '1', files: image }));
    expect(index.newestIn('2')).toBeUndefined();
  });

  it('takes the first image among other files, and the image of a forwarded message', () => {
    const index = new ImageIndex();
    index.add(
      postedMessage({
        id: '10',
        files: [{ id: 'a', contentType: 'application/pdf' }, { id: 'b' }, { id: 'c' }],
      }),
    );
    expect(index.newestIn('1')?.attachmentId).toBe('b');
    index.add(postedMessage({ id: '11', forwards: [{ id: 'd' }] }));
    expect(index.newestIn('1')?.attachmentId).toBe('d');
  });

  it('forgets an image whose message is deleted, or edited so that it has none', () => {
    const index = new ImageIndex();
    for (const id of ['10', '11', '12']) index.add(postedMessage({ id, files: image }));
    index.remove('1', '12');
    index.add(postedMessage({ id: '11' }));
    expect(index.newestIn('1')?.messageId).toBe('10');
  });

  it('wants to look back again once all that it knew of is deleted', () => {
    const index = new ImageIndex();
    index.add(postedMessage({ id: '10', files: image }));
    index.markReadBack('1');
    index.remove('1', '11');
    expect(index.isReadBack('1')).toBe(true);
    index.remove('1', '10');
    expect(index.isReadBack('1')).toBe(false);
  });

  it('takes the edit of a message from before the first that it heard for nothing new', () => {
    const index = new ImageIndex();
    index.change(postedMessage({ id: '9', files: image }));
    index.hear(postedMessage({ id: '10' }));
    index.change(postedMessage({ id: '8', files: image }));
    expect(index.newestIn('1')).toBeUndefined();
    index.change(postedMessage({ id: '11', files: image }));
    index.add(postedMessage({ id: '7', files: image }));
    index.change(postedMessage({ id: '7', files: [{ id: '6' }] }));
    expect([index.newestIn('1')?.messageId, index.newestIn('1', '7')?.attachmentId]).toEqual(['11', '6']);
  });

  it('takes no ephemeral message, which its channel does not see', () => {
    const index = new ImageIndex();
    index.add(postedMessage({ id: '10', files: image, flags: MessageFlags.Ephemeral }));
    expect(index.newestIn('1')).toBeUndefined();
  });

  it('holds no more images and channels than it may, and drops the oldest', () => {
    const index = new ImageIndex({ maxChannels: 2, maxImagesAChannel: 2 });
    const scene = (messageId: string) => ({ channelId: '1', messageId, attachmentId: '5' });
    for (const id of ['10', '11', '12']) index.add(postedMessage({ id, files: image }));
    expect(['10', '11', '12'].map((id) => index.find(scene(id)) !== undefined)).toEqual([false, true, true]);
    index.add(postedMessage({ id: '20', channelId: '2', files: image }));
    index.add(postedMessage({ id: '30', channelId: '3', files: image }));
    expect(index.newestIn('1')).toBeUndefined();
  });
});
