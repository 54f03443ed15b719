// Discord takes custom ids, and values of menus, of up to 100 characters: the longest that the bot ever makes fit.
import { ButtonStyle, type Channel, ChannelType, ComponentType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { answerRow, copyRow } from '../../commands/answer-row.ts';
import { askFormAbout } from '../../commands/ask-form.ts';
import { imageNamedBy } from '../../commands/named-image.ts';
import { pictureRows } from '../../commands/picture-menu.ts';

/** As long as snowflakes get. */
const id = '18446744073709551615';
const hash = `a_${'0123456789abcdef'.repeat(2)}`;
const channel = { type: ChannelType.GuildText, isThread: () => false } as unknown as Channel;
const prompt = 'x'.repeat(300);
const keys = [
  id,
  `sticker:${id}`,
  `emoji:${id}`,
  `embed:${'0'.repeat(16)}`,
  `avatar:${id}:${hash}`,
  `server-avatar:${id}:${hash}`,
].flatMap((key) => [key, `${key}@999999`, `${key}@100%`]);

const imageOf = (attachmentId: string) => ({ channelId: id, messageId: id, attachmentId });
const common = { askerId: id, channel, locale: 'en-US' };

function idsOf(row: ReturnType<typeof answerRow>): string[] {
  return row.toJSON().components.flatMap((one) => ('custom_id' in one ? one.custom_id : []));
}

describe('custom ids', () => {
  it.each(keys)('fit into 100 characters about %s, and lead back to it', (key) => {
    const image = imageOf(key);
    const ids = idsOf(answerRow({ ...common, image, turnId: id }));
    expect(ids).toHaveLength(4);
    const others = idsOf(copyRow({ ...common, image, posterId: id }));
    const form = askFormAbout(image, 'en-US').toJSON().custom_id;
    for (const one of [...ids, ...others, form]) expect(one.length).toBeLessThanOrEqual(100);
    for (const customId of ids.filter((one) => /^(ask|continue):/.test(one))) {
      const button = { type: ComponentType.Button, style: ButtonStyle.Secondary, customId };
      const answer = { channelId: id, channel, components: [{ components: [button] }] };
      expect(imageNamedBy(answer as never)).toEqual(image);
    }
  });

  it('from before keys were shortened still lead to their picture', () => {
    const key = `server-avatar:${id}:${hash}`;
    const button = { type: ComponentType.Button, customId: `continue:${id}:${key}` };
    const answer = { channelId: id, channel, components: [{ components: [button] }] };
    expect(imageNamedBy(answer as never)).toEqual(imageOf(key));
  });

  it.each([76, 77, 80, 81, 300])('hold a beginning of %d characters, or how to know it', (length) => {
    const begun = prompt.slice(0, length);
    for (const one of idsOf(answerRow({ ...common, prompt: begun }))) {
      expect(one.length).toBeLessThanOrEqual(100);
    }
    // Those that stand among others: files and previews.
    const among = [id, `embed:${'0'.repeat(16)}`].map((attachmentId) => ({ attachmentId, name: 'a.png' }));
    const posted = { ...imageOf(id), among, authorId: id, postedAt: new Date(0), url: '', name: '', size: 0 };
    const [row] = pictureRows(posted, 'en-US', begun);
    const options = row?.toJSON().components.flatMap((menu) => menu.options) ?? [];
    expect(options.length).toBe(among.length);
  });
});
