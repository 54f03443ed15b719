// What bots and webhooks lay out by Discord's second version of components: its pictures are those of the message.
import { type APIMessage, ComponentType, MessageFlags } from 'discord.js';
import { expect, it } from 'vitest';
import { editMessage } from '../../src/playground/state/messages.ts';
import { proxyPath } from '../../src/playground/state/proxy-path.ts';
import { emojiForFile } from './backends.ts';
import { openStage, picture, quickly, replyTo, responseTo, type Stage } from './stage.ts';
import { turnsBecome } from './talk.ts';

const backend = await emojiForFile();
const flags = MessageFlags.IsComponentsV2;
const text = { type: ComponentType.TextDisplay, content: 'The launch' };
const elsewhere = 'https://example.org/umbrella.png';

interface Item {
  readonly media: { readonly url: string };
  readonly description?: string;
  readonly spoiler?: boolean;
}

const gallery = (...items: Item[]) => ({ type: ComponentType.MediaGallery, items });
const rocket = { media: { url: 'attachment://rocket.png' } };

async function open(): Promise<Stage> {
  const stage = await openStage(backend, { limits: quickly });
  stage.discord.addWebPicture(elsewhere, (await picture('umbrella')).bytes);
  return stage;
}

async function layOut({ discord }: Stage, ...components: object[]): Promise<APIMessage> {
  return discord.postByWebhook(discord.channelId, { flags, components, files: [await picture('rocket')] });
}

it('a gallery holds pictures like any other message, those of the web among them', async () => {
  const stage = await open();
  const { me, mention } = stage;
  const posted = await layOut(stage, text, gallery(rocket, { media: { url: elsewhere } }));
  const asked = async (question: string, replyTo_?: string) => {
    const content = `${mention} ${question}`;
    return (await replyTo(me, me.post({ content, ...(replyTo_ && { replyTo: replyTo_ }) }))).content;
  };
  expect(await asked('What is this?')).toBe('a rocket\n-# I looked at picture 1 of 2.');
  expect(await asked('What is in picture 2?', posted.id)).toBe(
    'an umbrella and a bee\n-# I looked at picture 2 of 2.',
  );
  expect((await responseTo(me, me.runOn(posted, 'Caption image'))).content).toMatch(/^a rocket on a red/);
  const forwarded = me.forward(posted);
  expect(await asked('What is this?', forwarded.id)).toMatch(/^a rocket\n/);
});

it('the small picture of a section in a container is meant where there is no other', async () => {
  const stage = await open();
  const { me, mention } = stage;
  const section = {
    type: ComponentType.Section,
    components: [text],
    accessory: { type: ComponentType.Thumbnail, ...rocket },
  };
  const posted = await layOut(stage, { type: ComponentType.Container, components: [section] });
  const question = me.post({ content: `${mention} What is this?`, replyTo: posted.id });
  expect((await replyTo(me, question)).content).toBe('a rocket');
});

it('the descriptions and covers that it gives its pictures are kept', async () => {
  const stage = await open();
  const { me } = stage;
  const items = [
    { ...rocket, spoiler: true },
    { media: { url: elsewhere }, description: 'My umbrella' },
  ];
  const posted = await layOut(stage, gallery(...items));
  const copy = await responseTo(me, me.runOn(posted, 'Describe for screen readers'));
  expect(copy.attachments).toMatchObject([
    { filename: 'SPOILER_rocket.png' },
    { filename: 'umbrella.png', description: 'My umbrella' },
  ]);
});

it('what is taken out of it is forgotten', async () => {
  const stage = await open();
  const { me, mention, discord } = stage;
  const posted = await layOut(stage, text, gallery(rocket));
  await replyTo(me, me.post({ content: `${mention} What is this?`, replyTo: posted.id }));
  await turnsBecome(stage, undefined, ['What is this? → a rocket']);
  const stored = discord.world.messages.get(discord.channelId)?.get(posted.id);
  if (!stored) throw new Error('The message is gone.');
  editMessage(discord.world, stored, { components: [text] });
  await turnsBecome(stage, undefined, []);
});

it('what Discord is still looking at after an edit is forgotten as little as what stays', async () => {
  const stage = await open();
  const { me, mention, discord } = stage;
  const { world, channelId } = discord;
  const items = gallery({ media: { url: elsewhere } });
  const posted = await layOut(stage, items);
  await replyTo(me, me.post({ content: `${mention} Is there a bee?`, replyTo: posted.id }));
  const stored = world.messages.get(channelId)?.get(posted.id);
  if (!stored) throw new Error('The message is gone.');
  world.assets.delete(proxyPath(elsewhere));
  editMessage(world, stored, { components: [text, items] });
  world.assets.set(proxyPath(elsewhere), (await picture('umbrella')).bytes);
  await replyTo(me, me.post({ content: `${mention} What is this?`, replyTo: posted.id }));
  await turnsBecome(stage, undefined, ['Is there a bee? → yes', 'What is this? → an umbrella and a bee']);
});
