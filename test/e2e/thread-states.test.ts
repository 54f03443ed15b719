// What becomes of a thread: it is named, sleeps, is woken, locked or deleted, or belongs to somebody else.
import type { APIThreadChannel } from 'discord.js';
import { type APITextChannel, ChannelType } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../conversation/store.ts';
import type { Discord } from '../../src/playground/discord.ts';
import { deleteChannel, updateChannel } from '../../src/playground/state/channels.ts';
import type { PermissionName } from '../../src/playground/state/permissions.ts';
import { startThreadIn } from '../../src/playground/state/threads.ts';
import type { AnyChannel } from '../../src/playground/state/world.ts';
import { emojiForFile, type WatchedBackend, watch } from './backends.ts';
import {
  ask,
  buttonOf,
  chatAboutRocket,
  openStage,
  picture,
  quickly,
  replyTo,
  responseTo,
  type Stage,
  threadIn,
} from './stage.ts';

const model = await emojiForFile();
let backend: WatchedBackend;
beforeEach(() => {
  backend = watch(model);
});

function channel<Kind extends AnyChannel>({ world }: Discord, id: string): Kind {
  return world.channels.get(id) as Kind;
}

function stateOf(discord: Discord, threadId: string) {
  return channel<APIThreadChannel>(discord, threadId).thread_metadata;
}

/** As a moderator does, or time. */
function set(discord: Discord, threadId: string, state: { archived?: boolean; locked?: boolean }): void {
  const thread = channel<APIThreadChannel>(discord, threadId);
  const { thread_metadata: before } = thread;
  updateChannel(discord.world, { ...thread, thread_metadata: { ...before, ...state } } as APIThreadChannel);
}

/** What the memory holds of conversations, once the bot has left. */
async function keptConversations({ memory, stopBot }: Stage): Promise<string[]> {
  await stopBot();
  const store = openStore(`sqlite://${memory}`);
  const ids: string[] = [];
  for await (const [id] of store.namespace('conversations').iterator?.(undefined) ?? []) ids.push(id);
  await store.close();
  return ids;
}

const warnings = ({ log }: Stage) => log.lines.filter(({ level }) => level === 'warn' || level === 'error');

describe('a thread that the bot opened', () => {
  it('is named by the caption of its picture', async () => {
    const { discord, ...stage } = await openStage(backend);
    const threadId = await chatAboutRocket({ discord, ...stage });
    expect(channel<APIThreadChannel>(discord, threadId).name).toBe('a rocket on a red background');
  });

  it('goes on without a mention', async () => {
    const stage = await openStage(backend);
    expect(await ask(stage, await chatAboutRocket(stage), 'What is this?')).toBe('a rocket');
  });

  it('that was archived is opened again by a question, and remembers', async () => {
    const stage = await openStage(backend);
    const threadId = await chatAboutRocket(stage);
    await ask(stage, threadId, 'What is this?');
    set(stage.discord, threadId, { archived: true });
    await stage.restartBot();
    expect(await ask(stage, threadId, 'Is there a car?')).toBe('no');
    expect(stateOf(stage.discord, threadId)?.archived).toBe(false);
    expect(backend.decoded.at(-1)?.prompt).toContain('Question: What is this? Answer: a rocket.');
  });

  it('that was archived is opened again by the button, and by /chat', async () => {
    const { me, discord } = await openStage(backend, { limits: quickly });
    me.post({ files: [await picture('rocket')] });
    const caption = await responseTo(me, me.run('caption'));
    const threadId = threadIn(await responseTo(me, me.press(caption, buttonOf(caption))));
    for (const open of [() => me.press(caption, buttonOf(caption)), () => me.run('chat')]) {
      set(discord, threadId, { archived: true });
      expect(threadIn(await responseTo(me, open()))).toBe(threadId);
      expect(stateOf(discord, threadId)?.archived).toBe(false);
    }
  });

  it('that is locked is left alone, and whoever wants it opened is told what to do', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord } = stage;
    const threadId = await chatAboutRocket(stage);
    set(discord, threadId, { archived: true, locked: true });
    const asked = backend.decoded.length;
    // The owner of the server may write there.
    me.post({ channelId: threadId, content: 'What is this?' });
    const refusal = await responseTo(me, me.run('chat'));
    expect(refusal.content).toBe(
      `The thread of that picture, <#${threadId}>, is locked. Let somebody who manages threads unlock it, or post the picture again for a new one.`,
    );
    set(discord, threadId, { locked: false });
    expect(await ask(stage, threadId, 'Is there a car?')).toBe('no');
    expect(backend.decoded).toHaveLength(asked + 1);
    expect(warnings(stage)).toEqual([]);
  });

  it('that is locked goes on where the bot may manage threads', async () => {
    const stage = await openStage(backend);
    const names: PermissionName[] = ['ViewChannel', 'ReadMessageHistory', 'SendMessages', 'ManageThreads'];
    stage.discord.setBotPermissions([...names, 'SendMessagesInThreads', 'CreatePublicThreads']);
    const threadId = await chatAboutRocket(stage);
    set(stage.discord, threadId, { locked: true });
    expect(await ask(stage, threadId, 'What is this?')).toBe('a rocket');
  });

  it('that was deleted is forgotten, and its picture takes no other', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord } = stage;
    const threadId = await chatAboutRocket(stage);
    await ask(stage, threadId, 'What is this?');
    deleteChannel(discord.world, channel(discord, threadId));
    const refusal = await responseTo(me, me.run('chat'));
    expect(refusal.content).toBe(
      'The thread of that picture was deleted. Post the picture again to open a new one.',
    );
    expect(await keptConversations(stage)).toEqual([]);
    expect(warnings(stage)).toEqual([]);
  });
});

describe('a thread that somebody else opened', () => {
  it('is answered in only when the bot is mentioned', async () => {
    const { me, discord, mention } = await openStage(backend);
    const parent = channel<APITextChannel>(discord, discord.channelId);
    const { id: channelId } = startThreadIn(
      discord.world,
      parent,
      me.user.id,
      { name: 'people' },
      ChannelType.PublicThread,
    );
    me.post({ channelId, files: [await picture('rocket')] });
    me.post({ channelId, content: 'What is this?' });
    const answer = await replyTo(me, me.post({ channelId, content: `${mention} Is there a car?` }));
    expect(answer.content).toBe('no');
    expect(me.read(channelId).filter(({ author }) => author.bot)).toEqual([answer]);
  });
});

describe('what was said is forgotten', () => {
  it('in a channel that was deleted and in its threads, and nowhere else', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord, mention } = stage;
    const channelId = discord.addChannel('second');
    const question = me.post({
      channelId,
      content: `${mention} What is this?`,
      files: [await picture('rocket')],
    });
    const answer = await replyTo(me, question);
    const threadId = threadIn(await responseTo(me, me.press(answer, buttonOf(answer))));
    await ask(stage, threadId, 'Is there a car?');
    const first = me.post({ content: `${mention} Is there a bee?`, files: [await picture('umbrella')] });
    await replyTo(me, first);
    deleteChannel(discord.world, channel(discord, channelId));
    await replyTo(me, me.post({ content: `${mention} What is this?`, replyTo: first.id }));
    expect(await keptConversations(stage)).toEqual([`channel:${first.id}`]);
  });

  it('in a server that the bot was removed from, and not in one that was away for a moment', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { me, discord, mention } = stage;
    const threadId = await chatAboutRocket(stage);
    await ask(stage, threadId, 'What is this?');
    const channelId = me.directMessages();
    await replyTo(me, me.post({ channelId, content: 'Is there a bee?', files: [await picture('umbrella')] }));
    discord.loseGuild();
    expect(await ask(stage, threadId, 'Is there a car?')).toBe('no');
    expect(backend.decoded.at(-1)?.prompt).toContain('What is this?');
    discord.removeBot();
    discord.inviteBot();
    await replyTo(
      me,
      me.post({ content: `${mention} Is there a star?`, files: [await picture('strawberry')] }),
    );
    const kept = await keptConversations(stage);
    expect(kept.filter((id) => id.startsWith('thread:'))).toEqual([]);
    expect(kept).toContain(`dm:${channelId}`);
  });

  it('in a server that the bot was removed from while it was away, and not with another bot of the same store', async () => {
    const stage = await openStage(backend, { limits: quickly });
    const { discord, memory } = stage;
    await ask(stage, await chatAboutRocket(stage), 'What is this?');
    await stage.stopBot();
    const store = openStore(`sqlite://${memory}`);
    const servers = store.namespace('known-servers');
    await servers.set('1', { guildIds: [discord.guildId] });
    await store.close();
    await stage.restartBot();
    expect(await keptConversations(stage)).not.toEqual([]);
    discord.removeBot();
    await stage.restartBot();
    await expect
      .poll(() => stage.log.lines.map(({ message }) => message), { timeout: 10_000 })
      .toContain('Forgot what was said in a place that is gone');
    expect(await keptConversations(stage)).toEqual([]);
  });
});
