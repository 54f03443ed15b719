// People's avatars in the local Discord: their hashes, and where the CDN serves them.
import { type ChatInputCommandInteraction, Events, PermissionFlagsBits } from 'discord.js';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { connect } from '../support/discord-client.ts';
import { startLocalDiscord } from '../support/local-discord.ts';
import { call } from '../support/rest-call.ts';

const square = (background: string) => sharp({ create: { width: 4, height: 4, channels: 3, background } });
const png = (background = 'red') => square(background).png().toBuffer();
const gif = () => square('red').gif().toBuffer();
const look = {
  name: 'look',
  description: 'Looks at somebody',
  options: [{ type: 6, name: 'user', description: 'Whom' }],
};

async function typeAt(url: string): Promise<string | number> {
  const { status, headers } = await fetch(url);
  return status === 200 ? (headers.get('content-type') ?? '') : status;
}

describe('an avatar in the local Discord', () => {
  it('has a hash of its own, and an address for each format', async () => {
    const { url, discord } = await startLocalDiscord();
    const { me } = discord;
    me.setAvatar(await png());
    expect(me.user.avatar).toMatch(/^[0-9a-f]{32}$/);
    const address = `${url}/avatars/${me.user.id}/${me.user.avatar}`;
    expect(await typeAt(`${address}.png?size=256`)).toBe('image/png');
    expect(await typeAt(`${address}.webp`)).toBe('image/webp');
    expect(await typeAt(`${address}.jpg`)).toBe('image/jpeg');
    expect(await typeAt(`${address}.gif`)).toBe(415);
    expect(await typeAt(`${address}.png?size=100`)).toBe(400);
    expect(await typeAt(address)).toBe(404);
  });

  it('that moves is served as it is, and at rest', async () => {
    const { url, discord } = await startLocalDiscord();
    const { me } = discord;
    me.setAvatar(await gif());
    expect(me.user.avatar).toMatch(/^a_[0-9a-f]{32}$/);
    const address = `${url}/avatars/${me.user.id}/${me.user.avatar}`;
    expect(await typeAt(`${address}.gif`)).toBe('image/gif');
    expect(await typeAt(`${address}.png`)).toBe('image/png');
  });

  it('is gone once another has taken its place, or none', async () => {
    const { url, discord } = await startLocalDiscord();
    const { me } = discord;
    const address = () => `${url}/avatars/${me.user.id}/${me.user.avatar}.png`;
    me.setAvatar(await png('red'));
    const first = address();
    me.setAvatar(await png('red'));
    expect(address()).toBe(first);
    expect(await typeAt(first)).toBe('image/png');
    me.setAvatar(await png('blue'));
    const second = address();
    expect(await Promise.all([first, second].map(typeAt))).toEqual([404, 'image/png']);
    me.setAvatar(undefined);
    expect(me.user.avatar).toBeNull();
    expect(await typeAt(second)).toBe(404);
  });

  it('must be a picture', async () => {
    const { discord } = await startLocalDiscord();
    expect(() => discord.me.setAvatar(Buffer.from('words'))).toThrow(
      'An avatar is a PNG, JPEG, GIF or WebP.',
    );
    expect(discord.me.user.avatar).toBeNull();
  });

  it('has six that stand for none', async () => {
    const { url } = await startLocalDiscord();
    const files = await Promise.all(
      [0, 1, 2, 3, 4, 5].map(async (n) => (await fetch(`${url}/embed/avatars/${n}.png`)).arrayBuffer()),
    );
    expect(new Set(files.map((file) => Buffer.from(file).toString('hex'))).size).toBe(6);
    expect(await typeAt(`${url}/embed/avatars/6.png`)).toBe(404);
  });

  it('comes with whoever is named in a command, with that of the server where there is one', async () => {
    const playground = await startLocalDiscord();
    const { discord } = playground;
    const { me } = discord;
    await call(playground, 'PUT', `/applications/${discord.botId}/commands`, [look]);
    const ada = discord.addPerson('Ada');
    ada.setAvatar(await png('red'));
    ada.setAvatar(await png('blue'), 'server');
    const client = await connect(playground);
    const lookAt = async (id: string, channelId?: string) => {
      const heard = new Promise<ChatInputCommandInteraction>((resolve) => {
        client.once(Events.InteractionCreate, (one) => resolve(one as ChatInputCommandInteraction));
      });
      me.run('look', { user: id }, channelId);
      const interaction = await heard;
      await interaction.reply('I see.');
      const member = interaction.options.getMember('user');
      return { user: interaction.options.getUser('user', true).avatar, member: member?.avatar ?? null };
    };
    const onServer = discord.world.guild.members.get(ada.user.id)?.avatar;
    expect(await lookAt(ada.user.id)).toEqual({ user: ada.user.avatar, member: onServer });
    expect(await lookAt(me.user.id)).toEqual({ user: null, member: null });
    const direct = await lookAt(ada.user.id, me.directMessages());
    expect(direct).toEqual({ user: ada.user.avatar, member: null });
    const { cdn } = client.rest;
    for (const address of [
      cdn.avatar(ada.user.id, ada.user.avatar ?? '', { size: 256 }),
      cdn.guildMemberAvatar(discord.guildId, ada.user.id, onServer ?? ''),
    ]) {
      const { pathname, search } = new URL(address);
      expect(await typeAt(playground.url + pathname + search)).toBe('image/webp');
    }
    expect(() => me.run('look', { user: '1' })).toThrow('The option "user" takes a person.');
  });
});

describe('an emoji in the local Discord', () => {
  it('that moves says so, and is served as it is and at rest', async () => {
    const { url, discord } = await startLocalDiscord();
    const emoji = discord.addEmoji('wave', await gif());
    const id = /^<a:wave:(\d+)>$/.exec(emoji)?.[1];
    expect(await typeAt(`${url}/emojis/${id}.gif`)).toBe('image/gif');
    expect(await typeAt(`${url}/emojis/${id}.png`)).toBe('image/png');
    const still = /^<:dot:(\d+)>$/.exec(discord.addEmoji('dot', await png()))?.[1];
    expect(await typeAt(`${url}/emojis/${still}.gif`)).toBe(415);
  });
});

describe('links in the local Discord', () => {
  const address = 'https://example.org/story';
  const previews = async (
    post: (discord: Awaited<ReturnType<typeof startLocalDiscord>>['discord']) => void,
  ) => {
    const { discord } = await startLocalDiscord();
    discord.addWebPage(address, { kind: 'video', title: 'A story', picture: await png() });
    const shown = discord.waitForEvent('messageUpdate', () => true, 400).catch(() => undefined);
    post(discord);
    return (await shown)?.stored.message.embeds;
  };

  it('show what they lead to', async () => {
    const embeds = await previews(({ me }) => me.post(`see ${address}`));
    expect(embeds).toMatchObject([
      {
        type: 'video',
        title: 'A story',
        thumbnail: { width: 4, proxy_url: expect.stringContaining('/external/') },
      },
    ]);
  });

  it.each<[string, Parameters<typeof previews>[0]]>([
    ['in <>', ({ me }) => me.post(`see <${address}>`)],
    ['on a message without previews', ({ me }) => me.post({ content: address, suppressEmbeds: true })],
    [
      'of somebody who may not embed links',
      (discord) => {
        const { world, guildId } = discord;
        const everyone = world.guild.roles.get(guildId);
        const permissions = (BigInt(everyone?.permissions ?? 0) & ~PermissionFlagsBits.EmbedLinks).toString();
        if (everyone) world.guild.roles.set(guildId, { ...everyone, permissions });
        discord.addPerson('Ada').post(address);
      },
    ],
  ])('show nothing %s', async (_, post) => {
    expect(await previews(post)).toBeUndefined();
  });
});
