// How often people may ask, where a server has decided that.
import { describe, expect, it, vi } from 'vitest';
import { emojiForFile } from './backends.ts';
import { askAsks, set } from './decisions.ts';
import { ask, chatAboutRocket, openStage, picture, quickly, replyTo, responseTo } from './stage.ts';

const backend = await emojiForFile();

const openQuickStage = () => openStage(backend, { limits: quickly });

describe('a quota', () => {
  it('of a person is theirs alone, and the refusal says when the next answer is free', async () => {
    const stage = await openQuickStage();
    const { me, discord } = stage;
    const ada = discord.addPerson('Ada');
    await set(stage, 'quota', { person: 2 });
    // A refusal for want of a picture costs nothing.
    expect(await askAsks(stage, ada)).toMatch(/^I found no picture here/);
    me.post({ files: [await picture('rocket')] });
    expect(await askAsks(stage, ada)).toBe('yes');
    const first = Date.now();
    expect(await askAsks(stage, ada)).toBe('yes');
    const refusal = await askAsks(stage, ada);
    const at = /^That is all that you have for this hour: 2 answers\. Ask again <t:(\d+):R>\.$/.exec(
      refusal,
    )?.[1];
    expect(Math.abs(Number(at) * 1000 - first - 60 * 60 * 1000)).toBeLessThan(60_000);
    expect(await askAsks(stage, me)).toBe('yes');
    const realNow = Date.now();
    const now = vi.spyOn(Date, 'now').mockImplementation(() => realNow + 61 * 60 * 1000);
    try {
      expect(await askAsks(stage, ada)).toBe('yes');
    } finally {
      now.mockRestore();
    }
  });

  it('is not used up where a description or a visual chat is there already', async () => {
    const stage = await openQuickStage();
    const { me } = stage;
    const channelId = await chatAboutRocket(stage);
    const files = [{ ...(await picture('umbrella')), description: 'My umbrella' }];
    const described = me.post({ channelId, files });
    await set(stage, 'quota', { person: 1 });
    expect((await responseTo(me, me.run('chat', {}, channelId))).content).toMatch(/^We are in a visual chat/);
    const shown = await responseTo(me, me.runOn(described, 'Describe for screen readers'));
    expect(shown.content).toBe('Described already, by whoever posted it:\n> My umbrella');
    expect(await ask(stage, channelId, 'What is this?')).toMatch(/^an umbrella/);
  });

  it('holds on after a restart, and what failed still costs nothing', async () => {
    const stage = await openQuickStage();
    const { me, mention } = stage;
    await set(stage, 'quota', { person: 1 });
    const broken = { name: 'broken.png', bytes: Buffer.from('no picture') };
    const failed = me.post({ content: `${mention} Is there a rocket?`, files: [broken] });
    expect((await replyTo(me, failed)).content).toMatch(/^The file is not an image/);
    await stage.restartBot();
    me.post({ files: [await picture('rocket')] });
    expect(await askAsks(stage, me)).toBe('yes');
    const refusal = await askAsks(stage, me);
    expect(refusal).toMatch(/^That is all that you have for this hour: 1 answer\./);
    await stage.restartBot();
    expect(await askAsks(stage, me)).toBe(refusal);
  });

  it('of a server is for all', async () => {
    const stage = await openQuickStage();
    const { me, discord } = stage;
    const ada = discord.addPerson('Ada');
    me.post({ files: [await picture('rocket')] });
    await set(stage, 'quota', { server: 1 });
    expect(await askAsks(stage, ada)).toBe('yes');
    expect((await responseTo(me, me.run('caption'))).content).toMatch(
      /^That is all that this server has for this hour: 1 answer\. Ask again <t:\d+:R>\.$/,
    );
  });
});
