// With each permission that the bot asks for missing, by each way to ask: what people are told, and that it goes on.
import type { APIMessage } from 'discord.js';
import { expect, it } from 'vitest';
import { neededPermissions } from '../../src/invite.ts';
import { emojiForFile } from './backends.ts';
import {
  ask,
  buttonOf,
  openStage,
  picture,
  quickly,
  replyTo,
  responseTo,
  type Stage,
  threadIn,
} from './stage.ts';

const model = await emojiForFile();

type Permission = (typeof neededPermissions)[number];
type Way = keyof typeof ways;

interface Scene {
  readonly stage: Stage;
  readonly image: APIMessage;
  readonly answer: APIMessage;
  readonly threadId: string;
}

const question = 'What is this?';
const answers = /(a rocket|an umbrella and a bee)|^Let's talk about it in /;
const whatIsSaid = {
  ViewChannel: 'View Channel',
  ReadMessageHistory: 'Read Message History',
  SendMessages: 'Send Messages',
  AttachFiles: 'Attach Files',
  SendMessagesInThreads: 'Send Messages In Threads',
  CreatePublicThreads: 'Create Public Threads',
} as const satisfies Record<Permission, string>;

/** Each resolves with what the person is told. */
const ways = {
  mention: ({ stage }: Scene) => told(stage, stage.me.post(`${stage.mention} ${question}`)),
  reply: ({ stage, image }: Scene) =>
    told(stage, stage.me.post({ content: `${stage.mention} ${question}`, replyTo: image.id })),
  thread: ({ stage, threadId }: Scene) =>
    told(stage, stage.me.post({ channelId: threadId, content: question })),
  caption: async ({ stage: { me } }: Scene) => (await responseTo(me, me.run('caption'))).content,
  'caption image:': async ({ stage: { me } }: Scene) =>
    (await responseTo(me, me.run('caption', { image: await picture('rocket') }))).content,
  ask: async ({ stage: { me } }: Scene) => (await responseTo(me, me.run('ask', { question }))).content,
  chat: async ({ stage: { me } }: Scene) => {
    const id = me.run('chat', { image: await picture('umbrella') });
    const isLast = ({ content }: APIMessage) => !content.startsWith('Opening');
    return (await me.waitFor((it) => it.interaction_metadata?.id === id && isLast(it), 15_000)).content;
  },
  button: async ({ stage: { me }, answer }: Scene) =>
    (await responseTo(me, me.press(answer, buttonOf(answer)))).content,
};

/** In the channel or, where the bot may not write there, in direct messages. */
async function told({ me }: Stage, { id }: APIMessage): Promise<string> {
  const isAfter = (message: APIMessage) => BigInt(message.id) > BigInt(id);
  return (await me.waitFor((message) => message.author.bot === true && isAfter(message), 15_000)).content;
}

async function begin(): Promise<Scene> {
  const stage = await openStage(model, { limits: quickly });
  const { me, mention } = stage;
  me.post({ files: [await picture('umbrella')] });
  const threadId = threadIn(await responseTo(me, me.run('chat')));
  const image = me.post({ files: [await picture('rocket')] });
  const answer = await replyTo(me, me.post({ content: `${mention} ${question}`, replyTo: image.id }));
  return { stage, image, answer, threadId };
}

/** By which ways a permission is needed; the others answer all the same. */
const needed: Record<Permission, readonly Way[]> = {
  // Commands reach the bot all the same, and pictures that it knew before can be answered about.
  ViewChannel: ['chat', 'button'],
  ReadMessageHistory: ['mention', 'reply', 'thread'],
  SendMessages: ['mention', 'reply'],
  // Answers to commands are sent as Discord's own, which may hold files.
  AttachFiles: [],
  SendMessagesInThreads: ['thread', 'chat', 'button'],
  CreatePublicThreads: ['chat', 'button'],
};

/** Of a channel that it can't see Discord tells the bot no messages. */
const unheard: readonly Way[] = ['mention', 'reply', 'thread'];

it.each(neededPermissions)(
  'without %s, people are told so where it is needed, and all else works',
  async (name) => {
    const scene = await begin();
    const { stage, threadId } = scene;
    const { discord, log } = stage;
    discord.denyBot(discord.channelId, [name]);
    const heard = (Object.keys(ways) as Way[]).filter(
      (way) => name !== 'ViewChannel' || !unheard.includes(way),
    );
    const refused: Way[] = [];
    for (const way of heard) {
      const said = await ways[way](scene);
      if (said.includes(`I lack ${whatIsSaid[name]} here`)) refused.push(way);
      else expect(said, way).toMatch(answers);
    }
    expect(refused).toEqual(needed[name]);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    discord.denyBot(discord.channelId, []);
    expect(await ask(stage, threadId, question)).toBe('an umbrella and a bee');
  },
);
