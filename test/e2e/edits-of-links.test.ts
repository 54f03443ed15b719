// A link that is put in the place of another: the picture is another one, and answers and memory follow.
import { beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../conversation/store.ts';
import { emojiForFile, type WatchedBackend, watch } from './backends.ts';
import { openStage, picture, quickly, replyTo, type Stage } from './stage.ts';
import { turnsBecome } from './talk.ts';

const model = await emojiForFile();
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
});

/** Of which pictures the memory still holds what was seen. The bot leaves. */
async function featuresKept({ memory, stopBot }: Stage): Promise<unknown[]> {
  await stopBot();
  const store = openStore(`sqlite://${memory}`);
  const kept: unknown[] = [];
  for await (const [, value] of store.namespace('features').iterator?.(undefined) ?? []) kept.push(value);
  await store.close();
  return kept;
}

describe('a link that is put in the place of another by an edit', () => {
  const [rocket, umbrella] = ['https://example.org/rocket.png', 'https://example.org/umbrella.png'];
  async function openWebStage(): Promise<Stage> {
    const stage = await openStage(backend, { limits: quickly });
    stage.discord.addWebPicture(rocket, (await picture('rocket')).bytes);
    stage.discord.addWebPicture(umbrella, (await picture('umbrella')).bytes);
    return stage;
  }

  it.each(['at once', 'after a restart', 'once the bot is back'])(
    'has the question about it answered anew %s',
    async (when) => {
      const stage = await openWebStage();
      const { me, mention } = stage;
      const question = me.post(`${mention} What is this? ${rocket}`);
      const answer = await replyTo(me, question);
      expect(answer.content).toBe('a rocket');
      await replyTo(me, me.post({ content: 'What color is the background?', replyTo: answer.id }));
      // What was missed is looked for beside it, in the same message.
      if (when === 'after a restart') await stage.restartBot();
      if (when === 'once the bot is back') await stage.stopBot();
      me.edit(question, `${mention} What is this? ${umbrella}`);
      if (when === 'once the bot is back') await stage.restartBot();
      await me.waitFor(({ id, content }) => id === answer.id && /^an umbrella/.test(content), 15_000);
      await turnsBecome(stage, undefined, ['What is this? → an umbrella and a bee']);
      const reply = me.post({ content: 'What color is the background?', replyTo: answer.id });
      expect((await replyTo(me, reply)).content).toBe('purple');
    },
  );

  it('lets what was said about the other be forgotten, with what was seen in it', async () => {
    const stage = await openWebStage();
    const { me, mention } = stage;
    const posted = me.post(rocket);
    await me.waitFor(({ id, embeds }) => id === posted.id && embeds.length > 0);
    const about = await replyTo(me, me.post({ content: `${mention} What is this?`, replyTo: posted.id }));
    expect(about.content).toBe('a rocket');
    me.edit(posted, umbrella);
    const askStale = async () =>
      (await replyTo(me, me.post({ content: 'Is there a car?', replyTo: about.id }))).content;
    await expect.poll(askStale, { timeout: 10_000 }).toMatch(/image is gone\. Post it again/);
    const fresh = me.post({ content: `${mention} What is this?`, replyTo: posted.id });
    expect((await replyTo(me, fresh)).content).toBe('an umbrella and a bee');
    expect(await featuresKept(stage)).toHaveLength(1);
  });

  it('and nothing is forgotten where only the words beside a link change', async () => {
    const stage = await openWebStage();
    const { me, mention } = stage;
    const posted = me.post(rocket);
    await me.waitFor(({ id, embeds }) => id === posted.id && embeds.length > 0);
    await replyTo(me, me.post({ content: `${mention} What is this?`, replyTo: posted.id }));
    me.edit(posted, `Look: ${rocket}`);
    await replyTo(me, me.post(`${mention} Is there a car?`));
    await turnsBecome(stage, undefined, ['What is this? → a rocket', 'Is there a car? → no']);
  });
});
