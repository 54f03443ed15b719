import type { Client } from 'discord.js';
import { expect, it } from 'vitest';
import { imageNow } from '../../commands/image-place.ts';
import type { SceneImage } from '../../conversation/conversations.ts';

const image: SceneImage = { channelId: '1', messageId: '2', attachmentId: '3' };

const clientWhose = (fetch: () => Promise<never>) => ({ channels: { fetch } }) as unknown as Client;
const unknownChannel = () => Promise.reject(new Error('Unknown Channel'));

it('A picture whose channel is gone is the one that the model saw', async () => {
  expect(await imageNow(clientWhose(unknownChannel), image, new AbortController().signal)).toBe(image);
});

it('A picture is looked for no further once nobody asks any more', async () => {
  const asked = imageNow(clientWhose(unknownChannel), image, AbortSignal.abort());
  await expect(asked).rejects.toThrow('Unknown Channel');
});
