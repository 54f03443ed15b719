// With each permission that the bot asks for missing, by each way to ask: what people are told, and that it goes on.
import { describe, expect, it } from 'vitest';
import { buttons, commands, forms, messageCommands, selectMenus } from '../../commands/index.ts';
import { neededPermissions } from '../../src/invite.ts';
import { emojiForFile } from './backends.ts';
import { openScene, talkative, ways } from './permission-ways.ts';
import { ask } from './stage.ts';

const model = talkative(await emojiForFile());

/**
 * What happens where one permission is missing in the channel. Nothing: it is not needed. "named": the bot says that it
 * is missing. "anew": it says so where it was restarted and Discord has to be asked for what was there before. "unheard":
 * Discord tells the bot nothing of it.
 */
const table = `
|                                 | ViewChannel | ReadMessageHistory | SendMessages | AttachFiles | SendMessagesInThreads | CreatePublicThreads |
| a mention                       | unheard     | named              | named        |             |                       |                     |
| /caption                        | anew        | anew               |              |             |                       |                     |
| /ask                            | anew        | anew               |              |             |                       |                     |
| /chat                           | named       | anew               |              |             | named                 | named               |
| /memory                         | anew        | anew               |              |             |                       |                     |
| /caption image:                 |             |                    |              |             |                       |                     |
| /caption user:                  |             |                    |              |             |                       |                     |
| /ask image:                     |             |                    |              |             |                       |                     |
| /chat image:                    | named       |                    |              |             | named                 | named               |
| /privacy                        |             |                    |              |             |                       |                     |
| /settings show                  |             |                    |              |             |                       |                     |
| /settings mode                  |             |                    |              |             |                       |                     |
| /help                           |             |                    |              |             |                       |                     |
| /status                         |             |                    |              |             |                       |                     |
| /forget what:This conversation  | anew        |                    |              |             |                       |                     |
| the button Again                | named       | anew               |              |             |                       |                     |
| the button Again of a caption   | named       | anew               |              |             |                       |                     |
| the button Ask                  |             |                    |              |             |                       |                     |
| the button Continue in thread   | named       | anew               |              |             | named                 | named               |
| the button Delete               | named       |                    |              |             |                       |                     |
| the menu of pictures            | named       | named              |              |             |                       |                     |
| the form Ask about this picture | anew        | anew               |              |             |                       |                     |
| Ask about image                 |             |                    |              |             |                       |                     |
| Caption image                   |             |                    |              |             |                       |                     |
| Describe for screen readers     |             |                    |              | named       |                       |                     |
| a reply to a picture            | unheard     | named              | named        |             |                       |                     |
| a reply to an answer            | unheard     | named              | named        |             |                       |                     |
| a message in a thread           | unheard     | named              |              |             | named                 |                     |
| an edited question              | unheard     | anew               |              |             |                       |                     |
| /forget what:Me                 |             |                    |              |             |                       |                     |
| the button Forget me            |             |                    |              |             |                       |                     |
`;

type WayName = keyof typeof ways;
type Permission = (typeof neededPermissions)[number];

const rows = table
  .trim()
  .split('\n')
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const [[, ...columns] = [], ...body] = rows;
const cellOf = (way: string, permission: string) =>
  body.find(([name]) => name === way)?.[1 + columns.indexOf(permission)];

const whatIsSaid = {
  ViewChannel: 'View Channel',
  ReadMessageHistory: 'Read Message History',
  SendMessages: 'Send Messages',
  AttachFiles: 'Attach Files',
  SendMessagesInThreads: 'Send Messages In Threads',
  CreatePublicThreads: 'Create Public Threads',
} as const satisfies Record<Permission, string>;

describe('the table', () => {
  it('has a column for each permission and a row for each way to ask', () => {
    expect(columns).toEqual(neededPermissions);
    expect(body.map(([way]) => way)).toEqual(Object.keys(ways));
  });

  it('tells of every command, menu, button and form of the bot', () => {
    const titles: Record<string, string> = {
      again: 'the button Again',
      ask: 'the button Ask',
      continue: 'the button Continue in thread',
      delete: 'the button Delete',
      forget: 'the button Forget me',
    };
    const names = [
      ...commands.map(({ data }) => `/${data.name}`),
      ...messageCommands.map(({ data }) => data.name),
      ...buttons.map(({ id }) => titles[id] ?? id),
    ];
    const untold = names.filter((name) => !body.some(([way]) => way?.startsWith(name)));
    expect(untold).toEqual([]);
    expect([selectMenus.map(({ id }) => id), forms.map(({ id }) => id)]).toEqual([['picture'], ['ask']]);
  });
});

const moments = ['goes missing', 'is missing when the bot starts'] as const;

describe.each(moments)('where a permission %s', (moment) => {
  it.each(neededPermissions)(
    'without %s, people are told so where it is needed, and all else works',
    { timeout: 60_000 },
    async (permission) => {
      const scene = await openScene(model);
      const { stage, threadId } = scene;
      const { discord, log } = stage;
      discord.denyBot(discord.channelId, [permission]);
      if (moment === moments[1]) await stage.restartBot();
      const found: string[] = [];
      const expected: string[] = [];
      for (const way of Object.keys(ways) as WayName[]) {
        const cell = cellOf(way, permission);
        if (cell === 'unheard') continue;
        const isNamed = cell === 'named' || (cell === 'anew' && moment === moments[1]);
        expected.push(`${way}: ${isNamed ? 'named' : 'works'}`);
        const said = await ways[way].use(scene);
        const isToldSo = said.includes(`I lack ${whatIsSaid[permission]} here`);
        found.push(`${way}: ${isToldSo ? 'named' : ways[way].works.test(said) ? 'works' : said}`);
      }
      expect(found).toEqual(expected);
      expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
      discord.denyBot(discord.channelId, []);
      expect(await ask(stage, threadId, 'What is this?')).toMatch(/^an answer/);
    },
  );
});
