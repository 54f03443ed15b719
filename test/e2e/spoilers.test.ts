// Pictures that are covered until somebody clicks them, by their file's name or by its flag: nothing that the bot makes of
// them uncovers them.
import { describe, expect, it } from 'vitest';
import { emojiForFile } from './backends.ts';
import { set } from './decisions.ts';
import { openStage, picture, replyTo, responseTo, threadIn } from './stage.ts';

const backend = await emojiForFile();

async function hiddenBy(mark: string) {
  const rocket = await picture('rocket');
  return mark === 'name' ? { ...rocket, name: 'SPOILER_rocket.png' } : { ...rocket, isSpoiler: true };
}

const describeIt = 'Describe for screen readers';

describe.each(['name', 'flag'])('a picture that is hidden by its %s', (mark) => {
  it('comes again hidden: with a description, and with a command that it was handed over with', async () => {
    const { me, discord } = await openStage(backend);
    const image = await hiddenBy(mark);
    const described = await responseTo(me, me.runOn(me.post({ files: [image] }), describeIt));
    const captioned = await responseTo(me, me.run('caption', { image }));
    const asked = await responseTo(me, me.run('ask', { image, question: 'Is there a bee?' }));
    const { id } = await responseTo(me, me.run('chat', { image }));
    const opened = await me.waitFor((message) => message.id === id && /<#/.test(message.content), 15_000);
    for (const { attachments } of [described, captioned, asked, opened]) {
      expect(attachments).toMatchObject([{ filename: 'SPOILER_rocket.png' }]);
    }
    expect(discord.world.channels.get(threadIn(opened))?.name).toBe('About this picture');
  });

  it('has its caption hidden that nobody asked for', async () => {
    const stage = await openStage(backend);
    const { me } = stage;
    await set(stage, 'mode', { what: 'caption' });
    const posted = me.post({ files: [await hiddenBy(mark)] });
    expect((await replyTo(me, posted)).content).toBe('||a rocket on a red background||');
  });

  it('has its description hidden where that is shown as a text', async () => {
    const { me, discord } = await openStage(backend);
    const image = await hiddenBy(mark);
    const known = me.post({ files: [{ ...image, description: 'My *first*\nrocket' }] });
    const shown = await responseTo(me, me.runOn(known, describeIt));
    expect(shown.content).toMatch(/:\n> \|\|My \\\*first\\\*\n> rocket\|\|$/);
    discord.denyBot(discord.channelId, ['AttachFiles']);
    const toCopy = await responseTo(me, me.runOn(me.post({ files: [image] }), describeIt));
    expect(toCopy.content).toMatch(/:\n\|\|```\n.*a rocket on a red background\n```\|\|$/);
  });
});
