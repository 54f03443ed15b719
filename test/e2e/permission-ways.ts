// Each way in which people ask something of the bot, for the table of what happens where it lacks a permission.
import type { APIMessage } from 'discord.js';
import type { Backend } from '../../models/backend.ts';
import type { OptionValues } from '../../src/playground/state/command-options.ts';
import { deferred } from '../support/deferred.ts';
import { saying } from './backends.ts';
import { buttonOf, openStage, picture, quickly, replyTo, responseTo, type Stage, threadIn } from './stage.ts';

/** What was there before a permission went missing. */
export interface Scene {
  readonly stage: Stage;
  readonly picture: APIMessage;
  /** An answer about it. */
  readonly answer: APIMessage;
  /** A question, to be edited, and its answer. */
  readonly editable: Asked;
  /** One more, to be deleted. */
  readonly deletable: APIMessage;
  readonly caption: APIMessage;
  /** About one of several pictures. */
  readonly chosen: APIMessage;
  readonly threadId: string;
  /** Asks whether to forget. */
  readonly warning: APIMessage;
  /** A form that is open. */
  readonly formId: string;
}

interface Asked {
  readonly question: APIMessage;
  readonly answer: APIMessage;
}

interface Way {
  /** @returns what the person sees of it */
  readonly use: (scene: Scene) => Promise<string>;
  /** What that is where nothing is missing. */
  readonly works: RegExp;
}

const patienceMs = 15_000;

/** The real model, but no two answers are the same. */
export function talkative(backend: Backend): Backend {
  let count = 0;
  return saying(backend, ({ prompt }) => `${prompt === '' ? 'a caption' : 'an answer'} ${++count}`);
}

export async function openScene(backend: Backend): Promise<Scene> {
  const stage = await openStage(backend, { limits: quickly });
  const { me, mention, discord } = stage;
  me.post({ files: [await picture('umbrella')] });
  const threadId = threadIn(await responseTo(me, me.run('chat')));
  const image = me.post({ files: [await picture('rocket')] });
  const caption = await responseTo(me, me.run('caption'));
  const ask = async (content: string, files: Awaited<ReturnType<typeof picture>>[] = []) => {
    const question = me.post({ content: `${mention} ${content}`, files });
    return { question, answer: await replyTo(me, question) };
  };
  const { answer } = await ask('What is this?');
  const editable = await ask('Is there a car?');
  const { answer: deletable } = await ask('Is there a bee?');
  const opened = discord.waitForEvent('modal');
  const formId = me.runOn(image, 'Ask about image');
  await opened;
  const { answer: chosen } = await ask('What is this?', [
    await picture('umbrella'),
    await picture('strawberry'),
  ]);
  const warning = await responseTo(me, me.run('forget', { what: 'me' }));
  return { stage, picture: image, answer, editable, deletable, caption, chosen, threadId, warning, formId };
}

export const ways = {
  'a mention': {
    use: ({ stage }) => toldAfter(stage, () => stage.me.post(`${stage.mention} What is this?`)),
    works: /^an answer/,
  },
  '/caption': { use: command('caption'), works: /^a caption/ },
  '/ask': { use: command('ask', { question: 'What is this?' }), works: /an answer/ },
  '/chat': { use: command('chat'), works: /^Let's talk about it in/ },
  '/memory': { use: command('memory'), works: /\d+ \/ 512 tokens/ },
  '/caption image:': { use: command('caption', { image: 'rocket' }), works: /^a caption/ },
  '/caption user:': {
    use: ({ stage: { me } }) => saidTo(me, me.run('caption', { user: me.user.id })),
    works: /^a caption/,
  },
  '/ask image:': {
    use: command('ask', { image: 'rocket', question: 'What is this?' }),
    works: /an answer/,
  },
  '/chat image:': { use: command('chat', { image: 'strawberry' }), works: /^Let's talk about it in/ },
  '/privacy': { use: command('privacy'), works: /^I look at a picture of yours/ },
  '/settings show': { use: command('settings show'), works: /^What holds in/ },
  '/settings mode': { use: command('settings mode', { what: 'asked' }), works: /^Done\./ },
  '/help': { use: command('help'), works: /All commands/ },
  '/status': { use: command('status'), works: /^\*\*Model\*\*/ },
  '/forget what:This conversation': {
    use: command('forget', { what: 'conversation' }),
    works: /^(I forgot|There was nothing)/,
  },
  'the button Again': {
    use: ({ stage, answer }) =>
      toldAfter(stage, () => void stage.me.press(answer, buttonOf(answer, 'again')), answer),
    works: /^an answer/,
  },
  'the button Again of a caption': {
    use: ({ stage, caption }) =>
      toldAfter(stage, () => void stage.me.press(caption, buttonOf(caption, 'again')), caption),
    works: /^a caption/,
  },
  'the button Ask': {
    use: ({ stage, answer }) => formOrRefusal(stage, () => stage.me.press(answer, buttonOf(answer, 'ask'))),
    works: /^Ask about this picture/,
  },
  'the button Continue in thread': {
    use: ({ stage: { me }, answer }) => saidTo(me, me.press(answer, buttonOf(answer, 'continue'))),
    works: /^Let's talk about it in/,
  },
  'the button Delete': {
    use: ({ stage, deletable }) => goneOrRefusal(stage, deletable),
    works: /^gone$/,
  },
  'the menu of pictures': {
    use: ({ stage: { me }, chosen }) => saidTo(me, me.choose(chosen, ...secondPictureOf(chosen))),
    works: /^an answer/,
  },
  'the form Ask about this picture': {
    use: ({ stage: { me }, formId }) => saidTo(me, me.submit(formId, { question: 'Is there a car?' })),
    works: /an answer/,
  },
  'Ask about image': {
    use: ({ stage, picture }) => formOrRefusal(stage, () => stage.me.runOn(picture, 'Ask about image')),
    works: /^Ask about this picture/,
  },
  'Caption image': {
    use: ({ stage: { me }, picture }) => saidTo(me, me.runOn(picture, 'Caption image')),
    works: /^a caption/,
  },
  'Describe for screen readers': {
    use: ({ stage: { me }, picture }) => saidTo(me, me.runOn(picture, 'Describe for screen readers')),
    works: /^-# With a description for screen readers/,
  },
  'a reply to a picture': {
    use: ({ stage: { me, mention }, stage, picture }) =>
      toldAfter(stage, () => me.post({ content: `${mention} What is this?`, replyTo: picture.id })),
    works: /^an answer/,
  },
  'a reply to an answer': {
    use: ({ stage, answer }) =>
      toldAfter(stage, () => stage.me.post({ content: 'Is there a car?', replyTo: answer.id })),
    works: /^an answer/,
  },
  'a message in a thread': {
    use: ({ stage, threadId }) =>
      toldAfter(stage, () => stage.me.post({ channelId: threadId, content: 'What is this?' })),
    works: /^an answer/,
  },
  'an edited question': {
    use: ({ stage, editable: { question, answer } }) => {
      const ask = () => stage.me.edit(question, `${stage.mention} What color is the background?`);
      return toldAfter(stage, ask, answer);
    },
    works: /^an answer/,
  },
  '/forget what:Me': { use: command('forget', { what: 'me' }), works: /^Shall I forget/ },
  'the button Forget me': {
    use: ({ stage, warning }) => toldAfter(stage, () => void stage.me.press(warning, 'forget:me'), warning),
    works: /^(I forgot|There was nothing)/,
  },
} as const satisfies Record<string, Way>;

/** A slash command. @param image its name among the pictures that the model knows */
function command(
  name: string,
  { image, ...options }: OptionValues & { readonly image?: Parameters<typeof picture>[0] } = {},
): Way['use'] {
  return async ({ stage: { me } }) =>
    saidTo(me, me.run(name, { ...options, ...(image && { image: await picture(image) }) }));
}

/** What a command or a button is answered with. */
async function saidTo(me: Stage['me'], interactionId: string): Promise<string> {
  const isAnswer = ({ interaction_metadata: metadata, content }: APIMessage) =>
    metadata?.id === interactionId && !/^Opening|^> What is this\?$/.test(content);
  return (await me.waitFor(isAnswer, patienceMs)).content;
}

/** The bot's next message anywhere, or the one that it changes where that is what it is asked for. */
async function toldAfter({ me, discord }: Stage, ask: () => unknown, changing?: APIMessage): Promise<string> {
  const before = new Set([...discord.world.messages.values()].flatMap((messages) => [...messages.keys()]));
  const contentBefore =
    changing && me.read(changing.channel_id).find(({ id }) => id === changing.id)?.content;
  ask();
  const fits = ({ id, author, content }: APIMessage) =>
    author.bot === true && (id === changing?.id ? content !== contentBefore : !before.has(id));
  return (await me.waitFor(fits, patienceMs)).content;
}

/** The title of the form that opens, or what is said in its place. */
async function formOrRefusal({ me, discord }: Stage, ask: () => string): Promise<string> {
  const title = deferred<string>();
  const stop = discord.world.listen((event) => {
    if (event.type === 'modal') title.resolve(event.interaction.modal?.title ?? '');
  });
  try {
    return await Promise.race([title.promise, saidTo(me, ask())]);
  } finally {
    stop();
  }
}

async function goneOrRefusal({ me, discord }: Stage, message: APIMessage): Promise<string> {
  const gone = deferred<string>();
  const stop = discord.world.listen((event) => {
    if (event.type === 'messageDelete') gone.resolve('gone');
  });
  try {
    return await Promise.race([gone.promise, saidTo(me, me.press(message, buttonOf(message, 'delete')))]);
  } finally {
    stop();
  }
}

function secondPictureOf({ components = [] }: APIMessage): [customId: string, values: string[]] {
  for (const row of components) {
    for (const part of 'components' in row ? row.components : []) {
      if ('options' in part) return [part.custom_id, [String(part.options[1]?.value)]];
    }
  }
  throw new Error('There is no menu.');
}
