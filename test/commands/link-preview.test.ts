import { EventEmitter } from 'node:events';
import { Events, type Message, MessageFlags, MessageFlagsBitField, PermissionsBitField } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { awaitPreview } from '../../commands/link-preview.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Posted {
  readonly content: string;
  readonly flags?: MessageFlags;
  /** What its author may do; undefined where nobody knows. */
  readonly may?: 'everything' | 'nothing';
  readonly isDirect?: boolean;
}

function posted({ content, flags, may, isDirect = false }: Posted) {
  const client = new EventEmitter();
  const permissionsFor = () =>
    may === undefined ? null : new PermissionsBitField(may === 'nothing' ? 0n : PermissionsBitField.All);
  const channel = { isDMBased: () => isDirect, permissionsFor, messages: { cache: new Map() } };
  const parts = { id: '1', client, content, embeds: [], author: {}, channel };
  return { ...parts, flags: new MessageFlagsBitField(flags ?? 0) } as unknown as Message;
}

/** Whether it waits, once everything that needs no timer has happened. */
async function waits(message: Message, signal = new AbortController().signal): Promise<boolean> {
  let isDone = false;
  void awaitPreview(message, signal).then(() => {
    isDone = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  return !isDone;
}

describe('the preview of a link', () => {
  it.each<[string, Posted]>([
    ['a page', { content: 'What is https://example.org/cat.png?' }],
    ['one that is known to be allowed', { content: 'https://example.org', may: 'everything' }],
    ['a file of Discord’s', { content: 'https://cdn.discordapp.com/attachments/1/2/cat.png' }],
    ['a page of Discord’s', { content: 'https://discord.com/blog/cats' }],
    ['one beside a link to a message', { content: 'https://discord.com/channels/1/2/3 https://example.org' }],
    ['one after code', { content: '`x` https://example.org `y`' }],
    ['one in direct messages', { content: 'https://example.org', isDirect: true }],
  ])('is waited for: %s', async (_, post) => {
    const message = posted(post);
    expect(await waits(message)).toBe(true);
    expect(message.client.listenerCount(Events.MessageUpdate)).toBe(1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(message.client.listenerCount(Events.MessageUpdate)).toBe(0);
  });

  it.each<[string, Posted]>([
    ['no link', { content: 'What is this?' }],
    ['a link in <>', { content: 'What is <https://example.org/cat.png>?' }],
    ['a link in code', { content: 'Run `curl https://example.org` or ```\nhttps://example.org\n```' }],
    ['previews switched off', { content: 'https://example.org', flags: MessageFlags.SuppressEmbeds }],
    ['somebody who may embed no links', { content: 'https://example.org', may: 'nothing' }],
    ['a link to a message', { content: 'https://discord.com/channels/1/2/3' }],
    ['a link to a message in a beta', { content: 'https://ptb.discord.com/channels/1/2/3' }],
    ['an invite', { content: 'https://discord.gg/cats' }],
    ['a machine of one’s own', { content: 'http://localhost:3000/cat.png' }],
    ['what is no address', { content: 'https://' }],
  ])('is not waited for where there will be none: %s', async (_, post) => {
    expect(await waits(posted(post))).toBe(false);
  });

  it('ends the waiting when it comes, and not when another message is edited', async () => {
    const message = posted({ content: 'https://example.org' });
    let isDone = false;
    void awaitPreview(message, new AbortController().signal).then(() => {
      isDone = true;
    });
    message.client.emit(Events.MessageUpdate, {} as never, { id: '2' } as never);
    await vi.advanceTimersByTimeAsync(0);
    expect(isDone).toBe(false);
    message.client.emit(Events.MessageUpdate, {} as never, { id: '1' } as never);
    await vi.advanceTimersByTimeAsync(0);
    expect(isDone).toBe(true);
  });
});
