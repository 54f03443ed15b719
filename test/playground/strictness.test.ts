// What Discord refuses of commands, threads, ids and answers to interactions, the local one refuses with the
// same code in the same place.
import { describe, expect, it } from 'vitest';
import { startLocalDiscord } from '../support/local-discord.ts';
import { call } from '../support/rest-call.ts';
import { limits, problemsIn, type Row, rowOf } from './strict.ts';

const option = (fields: object = {}) => ({ type: 3, name: 'what', description: 'What', ...fields });
const command = (...options: object[]) => ({ name: 'look', description: 'Looks', options });
const choice = { name: 'a', value: 'a' };

const commands: Row[] = [
  ['a name in capitals', { ...command(), name: 'Look' }, { name: 'APPLICATION_COMMAND_INVALID_NAME' }],
  [
    "an option's name in capitals",
    command(option({ name: 'What' })),
    { 'options.0.name': 'APPLICATION_COMMAND_INVALID_NAME' },
  ],
  [
    'two options of one name',
    command(option(), option()),
    { 'options.1': 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID' },
  ],
  [
    'choices where a file is asked for',
    command(option({ type: 11, choices: [choice] })),
    { 'options.0.choices': 'APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID' },
  ],
  [
    'choices beside completion',
    command(option({ choices: [choice], autocomplete: true })),
    { 'options.0.choices': 'APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID' },
  ],
  [
    'a subcommand beside another option',
    command(option(), option({ type: 1, name: 'sub' })),
    { 'options.1': 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID' },
  ],
  ['an option of no kind', command(option({ type: 12 })), { 'options.0.type': 'BASE_TYPE_CHOICES' }],
  ['a description of nothing', { ...command(), description: '' }, { description: 'BASE_TYPE_REQUIRED' }],
  [
    'more than 8,000 characters',
    command(
      ...Array.from({ length: 4 }, (_, at) =>
        option({
          name: `o${at}`,
          choices: Array.from({ length: 25 }, () => ({ name: 'a'.repeat(50), value: 'b'.repeat(50) })),
        }),
      ),
    ),
    { '': 'APPLICATION_COMMAND_TOO_LARGE' },
  ],
];

const threads: Row[] = [
  ['no name', {}, { name: 'BASE_TYPE_REQUIRED' }],
  ['a name of blanks', { name: '   ' }, { name: 'BASE_TYPE_BAD_LENGTH' }],
  ['a name of 101 characters', { name: 'a'.repeat(101) }, { name: 'BASE_TYPE_BAD_LENGTH' }],
  [
    'a time that Discord does not offer',
    { name: 'More', auto_archive_duration: 30 },
    { auto_archive_duration: 'BASE_TYPE_CHOICES' },
  ],
];

describe('a command is refused with', () => {
  it.each(commands)('%s', async (_, body, problems) => {
    const playground = await startLocalDiscord({ limits });
    const path = `/applications/${playground.discord.botId}/commands`;
    const refused = await call(playground, 'POST', path, body);
    expect(problemsIn(refused.body)).toEqual(problems);
    expect(playground.discord.world.commands.size).toBe(0);
  });
});

describe('a thread is refused with', () => {
  it.each(threads)('%s', async (_, body, problems) => {
    const playground = await startLocalDiscord({ limits });
    const { me, channelId } = playground.discord;
    const path = `/channels/${channelId}/messages/${me.post('hello').id}/threads`;
    expect(problemsIn((await call(playground, 'POST', path, body)).body)).toEqual(problems);
  });
});

describe('an id that is no snowflake', () => {
  it.each([
    ['GET', '/channels/abc', { channel_id: 'NUMBER_TYPE_COERCE' }],
    ['GET', '/channels/CHANNEL/messages/abc', { message_id: 'NUMBER_TYPE_COERCE' }],
    ['GET', '/channels/CHANNEL/messages?before=abc', { before: 'NUMBER_TYPE_COERCE' }],
    ['GET', '/channels/CHANNEL/messages?limit=abc', { limit: 'NUMBER_TYPE_COERCE' }],
    ['GET', '/guilds/abc/members/abc', { guild_id: 'NUMBER_TYPE_COERCE', user_id: 'NUMBER_TYPE_COERCE' }],
    ['GET', '/users/abc', { user_id: 'NUMBER_TYPE_COERCE' }],
    ['PATCH', '/webhooks/abc/token/messages/@original', { webhook_id: 'NUMBER_TYPE_COERCE' }],
  ])('is none for %s %s', async (method, path, problems) => {
    const playground = await startLocalDiscord({ limits });
    const answer = await call(playground, method, path.replace('CHANNEL', playground.discord.channelId));
    expect(answer.status).toBe(400);
    expect(problemsIn(answer.body)).toEqual(problems);
  });
});

it('names the fields of an answer to an interaction as parts of its data', async () => {
  const playground = await startLocalDiscord({ limits });
  const { discord } = playground;
  await call(playground, 'PUT', `/applications/${discord.botId}/commands`, [command()]);
  discord.me.run('look');
  const [interaction] = [...discord.world.interactions.values()];
  const path = `/interactions/${interaction?.id}/${interaction?.token}/callback`;
  const answer = (body: object) => call(playground, 'POST', path, body);
  const tooWide = await answer({ type: 4, data: { content: 'hi', components: [rowOf(6)] } });
  expect(problemsIn(tooWide.body)).toEqual({ 'data.components.0.components': 'BASE_TYPE_BAD_LENGTH' });
  const untitled = await answer({ type: 9, data: { custom_id: 'a', title: '', components: [rowOf(1)] } });
  expect(problemsIn(untitled.body)).toEqual({ 'data.title': 'BASE_TYPE_BAD_LENGTH' });
  const misplaced = await answer({ type: 7, data: { content: 'hi' } });
  expect(problemsIn(misplaced.body)).toEqual({ type: 'INTERACTION_RESPONSE_TYPE_INVALID' });
});
