// What a message shows where another picture is talked about: its own link or sticker is what it asks about.
import { type APIMessage, StickerFormatType } from 'discord.js';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { emojiForFile, type WatchedBackend, watch } from './backends.ts';
import { ask, chatAboutRocket, openStage, picture, quickly, replyTo, type Stage } from './stage.ts';

const model = await emojiForFile();
const color = 'What color is the background?';
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
});

function hasNoReply({ me }: Stage, channelId: string, { id }: APIMessage): boolean {
  return me.read(channelId).every(({ message_reference: to }) => to?.message_id !== id);
}

describe('a link to a picture', () => {
  const umbrella = 'https://pics.example/umbrella.png';
  async function openWebStage(): Promise<Stage> {
    const stage = await openStage(backend, { limits: quickly });
    stage.discord.addWebPicture(umbrella, (await picture('umbrella')).bytes);
    return stage;
  }

  it('in a visual chat is what its message asks about, and what comes next', async () => {
    const stage = await openWebStage();
    const channelId = await chatAboutRocket(stage);
    expect(await ask(stage, channelId, `${color} ${umbrella}`)).toBe('purple');
    expect(backend.decoded.at(-1)?.prompt).toBe(`Question: ${color} Answer:`);
    expect(await ask(stage, channelId, 'Is there a bee?')).toBe('yes');
    expect(await ask(stage, channelId, `[this one](${umbrella})`)).not.toMatch(/rocket/);
  });

  it('alone in a visual chat gets a caption', async () => {
    const stage = await openWebStage();
    const channelId = await chatAboutRocket(stage);
    expect(await ask(stage, channelId, umbrella)).toMatch(/^an umbrella and a bee/);
  });

  it('in a reply wins over the picture that is answered', async () => {
    const { me, mention } = await openWebStage();
    const { id: replied } = me.post({ files: [await picture('rocket')] });
    const reply = me.post({ content: `${mention} ${color} ${umbrella}`, replyTo: replied });
    expect((await replyTo(me, reply)).content).toBe('purple');
  });

  it('that shows none is waited for beside others, so that nobody behind them waits for each', async () => {
    const warnings: Error[] = [];
    const hear = (warning: Error) => warnings.push(warning);
    process.on('warning', hear);
    onTestFinished(() => void process.off('warning', hear));
    const { me, mention } = await openStage(backend, { limits: quickly });
    me.post({ files: [await picture('rocket')] });
    const startedMs = performance.now();
    const linked = Array.from({ length: 6 }, (_, n) =>
      me.post(`${mention} What is this? https://example.org/nothing/${n}`),
    );
    const last = me.post(`${mention} Is there a bee?`);
    const answers = await Promise.all([...linked, last].map((message) => replyTo(me, message)));
    const nothing = expect.stringMatching(/no picture behind that link/);
    expect(answers.map(({ content }) => content)).toEqual([...linked.map(() => nothing), 'no']);
    // One after the other they would take three seconds each.
    expect(performance.now() - startedMs).toBeLessThan(12_000);
    expect(warnings).toEqual([]);
  });

  it('that shows none leaves its address out of the question, and alone gets a sentence', async () => {
    const stage = await openWebStage();
    const channelId = await chatAboutRocket(stage);
    expect(await ask(stage, channelId, `${color} <https://pics.example/none>`)).toBe('red');
    expect(backend.decoded.at(-1)?.prompt).toBe(`Question: ${color} Answer:`);
    expect(await ask(stage, channelId, '<https://pics.example/none>')).toMatch(/no picture behind that link/);
  });

  it.each(['https://pics.example/none', 'https://discord.com/channels/1/2/3'])(
    'that shows none is not taken for another picture: %s',
    async (link) => {
      const stage = await openWebStage();
      const { me, mention, discord } = stage;
      const channelId = await chatAboutRocket(stage);
      const nothing = /^Discord shows me no picture behind that link\..*, or reply to the message/;
      expect(await ask(stage, channelId, `What is this? ${link}`)).toMatch(nothing);
      expect(await ask(stage, discord.channelId, `${mention} What is in ${link} ?`)).toMatch(nothing);
      expect(backend.decoded.map(({ prompt }) => prompt)).toEqual(['']);
      const [rocket] = me.read();
      const reply = me.post({ content: `${mention} Is there a bee, as in ${link}?`, replyTo: rocket?.id });
      expect((await replyTo(me, reply)).content).toBe('no');
    },
  );
});

it('what people say to each other in a visual chat is left to them', async () => {
  const stage = await openStage(backend, { limits: quickly });
  const { me, mention, discord } = stage;
  const channelId = await chatAboutRocket(stage);
  const ada = discord.addPerson('Ada');
  const role = discord.addRole('Painters');
  const others = [`<@${ada.user.id}> look at this!`, `<@&${role}> look!`, '😂', '👍🏽 ❤️ 🇫🇷'].map((content) =>
    me.post({ channelId, content }),
  );
  expect(await ask(stage, channelId, `<@${ada.user.id}> and ${mention}, ${color}`)).toBe('red');
  const answer = await replyTo(me, me.post({ channelId, content: `What is this? ❤️` }));
  const toUs = me.post({ channelId, content: `<@${ada.user.id}> asks: Is there a bee?`, replyTo: answer.id });
  expect((await replyTo(me, toUs)).content).toBe('no');
  await ask(stage, channelId, `${mention} 👍`);
  for (const other of others) expect(hasNoReply(stage, channelId, other)).toBe(true);
});

describe('a sticker in a visual chat', () => {
  it('with a question is what that is about, with or without a mention', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention, discord } = stage;
    const channelId = await chatAboutRocket(stage);
    const { bytes } = await picture('umbrella');
    const sticker = discord.addSticker('Rain', StickerFormatType.PNG, bytes);
    for (const content of [`${mention} ${color}`, color]) {
      expect((await replyTo(me, me.post({ channelId, content, sticker }))).content).toBe('purple');
    }
    expect(await ask(stage, channelId, 'Is there a bee?')).toBe('yes');
  });

  it('that is a Lottie animation is said to be none that the bot can see', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, mention, discord } = stage;
    const channelId = await chatAboutRocket(stage);
    const sticker = discord.addSticker('Wave', StickerFormatType.Lottie, Buffer.from('{}'));
    const asked = me.post({ channelId, content: `${mention} What is this?`, sticker });
    expect((await replyTo(me, asked)).content).toMatch(/^The sticker "Wave" is an animation in the Lottie/);
  });

  it('without words is applause, beside a picture as well', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord } = stage;
    const channelId = await chatAboutRocket(stage);
    const { bytes } = await picture('strawberry');
    const sticker = discord.addSticker('Yum', StickerFormatType.PNG, bytes);
    const applause = me.post({ channelId, sticker });
    const both = me.post({ channelId, sticker, files: [await picture('umbrella')] });
    expect((await replyTo(me, both)).content).toMatch(/^an umbrella and a bee/);
    expect(hasNoReply(stage, channelId, applause)).toBe(true);
  });
});
