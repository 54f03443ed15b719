import { type Client, HTTPError, InteractionContextType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { ConnectError } from '../../src/connect.ts';
import { registerCommands } from '../../src/registration.ts';
import { silentLog } from '../support/logs.ts';

const wanted = commands.map(({ data }) => data);

/** Answers as Discord does: with ids, defaults and nulls filled in. */
function discordThatHas(present: readonly object[]) {
  const puts: { route: string; body: object[] }[] = [];
  const client = {
    application: { id: '1' },
    rest: {
      get: async () => present,
      put: async (route: string, { body }: { body: object[] }) => void puts.push({ route, body }),
    },
  };
  return { client: client as unknown as Client<true>, puts };
}

const asStored = (command: (typeof wanted)[number]) => ({
  ...command,
  id: '2',
  application_id: '1',
  version: '3',
  type: 1,
  nsfw: false,
  default_member_permissions: command.default_member_permissions ?? null,
  dm_permission: true,
  integration_types: [0],
  name_localizations: command.name_localizations ?? null,
  description_localizations: command.description_localizations ?? null,
  // Discord leaves `required: false` out.
  options: command.options?.map(({ required, ...option }) => ({
    ...option,
    ...(required && { required }),
    name_localizations: option.name_localizations ?? null,
  })),
});

describe('registerCommands', () => {
  it('says in a sentence that Discord fails for long', async () => {
    const { client } = discordThatHas([]);
    client.rest.put = () => Promise.reject(new HTTPError(503, 'Service Unavailable', 'PUT', '/commands', {}));
    await expect(
      registerCommands(client, { commands: wanted, log: silentLog, pausesMs: [1, 1] }),
    ).rejects.toThrow(
      new ConnectError(
        'Could not register the slash commands, because Discord fails: Service Unavailable. Start again in some minutes.',
      ),
    );
  });

  it('registers where Discord has none', async () => {
    const { client, puts } = discordThatHas([]);
    await registerCommands(client, { commands: wanted, log: silentLog });
    expect(puts).toEqual([{ route: '/applications/1/commands', body: wanted }]);
  });

  it('leaves alone what Discord has already, in whatever order and with its defaults', async () => {
    const { client, puts } = discordThatHas(wanted.map(asStored).reverse());
    await registerCommands(client, { commands: wanted, log: silentLog });
    expect(puts).toEqual([]);
  });

  it.each([
    ['a description', { description: 'Something else' }],
    ['the options', { options: [] }],
    ['the description in another language', { description_localizations: { de: 'Etwas anderes' } }],
    ['the name in another language', { name_localizations: { de: 'anders' } }],
    ['where it shows', { contexts: [InteractionContextType.Guild, InteractionContextType.PrivateChannel] }],
  ])('registers again when %s changed', async (_, change) => {
    const [first, ...rest] = wanted.map(asStored);
    const { client, puts } = discordThatHas([{ ...first, ...change }, ...rest]);
    await registerCommands(client, { commands: wanted, log: silentLog });
    expect(puts).toHaveLength(1);
  });

  it('registers again when a command of ours is gone, or one is there that is no longer ours', async () => {
    for (const present of [wanted.slice(1), [...wanted, { name: 'old', description: 'Old', options: [] }]]) {
      const { client, puts } = discordThatHas(present);
      await registerCommands(client, { commands: wanted, log: silentLog });
      expect(puts).toHaveLength(1);
    }
  });

  it('registers in one guild without the contexts, which only concern all of them', async () => {
    const { client, puts } = discordThatHas([]);
    await registerCommands(client, { commands: wanted, guildId: '9', log: silentLog });
    expect(puts[0]?.route).toBe('/applications/1/guilds/9/commands');
    expect(puts[0]?.body.every((command) => !('contexts' in command))).toBe(true);
    const stored = wanted.map((command) => ({ ...asStored(command), contexts: null }));
    const again = discordThatHas(stored);
    await registerCommands(again.client, { commands: wanted, guildId: '9', log: silentLog });
    expect(again.puts).toEqual([]);
  });
});
