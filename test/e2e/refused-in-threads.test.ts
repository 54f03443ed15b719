// People who may not ask in a thread of the bot's hear so once, as it invites them just to write.
import { StickerFormatType } from 'discord.js';
import { expect, it } from 'vitest';
import { emojiForFile } from './backends.ts';
import { saidBy, set } from './decisions.ts';
import { ask, chatAboutRocket, openStage, picture, quickly, replyTo } from './stage.ts';

const backend = await emojiForFile();

it('a person who may not ask in a visual chat is told so once in each thread', async () => {
  const stage = await openStage(backend, { limits: quickly });
  const { me, mention, discord } = stage;
  const eve = discord.addPerson('Eve');
  const channelId = await chatAboutRocket(stage);
  await set(stage, 'who', { change: 'allow', person: me.user.id });
  const { bytes } = await picture('umbrella');
  eve.post({ channelId, sticker: discord.addSticker('Bravo', StickerFormatType.PNG, bytes) });
  const first = await replyTo(eve, eve.post({ channelId, content: 'What is this?' }));
  expect(first.content).toMatch(/^Here I answer some people only\. .*`\/settings who`\.$/);
  eve.post({ channelId, content: 'Is there a bee?' });
  expect(await ask(stage, channelId, 'Is there a rocket?')).toBe('yes');
  // The invitation to write, the refusal, the answer.
  expect(saidBy(stage, channelId)).toHaveLength(3);
  const mentioned = eve.post({ channelId, content: `${mention} Is there a bee?` });
  expect((await replyTo(eve, mentioned)).content).toBe(first.content);
});

it('where the bot is switched off, each person in a visual chat is told so once', async () => {
  const stage = await openStage(backend, { limits: quickly });
  const { me, discord } = stage;
  const eve = discord.addPerson('Eve');
  const channelId = await chatAboutRocket(stage);
  await set(stage, 'mode', { what: 'off' });
  for (const person of [me, eve]) {
    const refusal = await replyTo(person, person.post({ channelId, content: 'What is this?' }));
    expect(refusal.content).toMatch(/^I am switched off on this server/);
  }
});
