// What Discord refuses of messages, the local one refuses with the same code in the same place.
import { describe, expect, it } from 'vitest';
import { startLocalDiscord } from '../support/local-discord.ts';
import { call } from '../support/rest-call.ts';
import { button, limits, problemsIn, type Row, row, rowOf } from './strict.ts';

const select = { type: 5, custom_id: 'who' };
const id = '123456789012345678';

const messages: Row[] = [
  ['six buttons in a row', { components: [rowOf(6)] }, { 'components.0.components': 'BASE_TYPE_BAD_LENGTH' }],
  ['a row without buttons', { components: [row()] }, { 'components.0.components': 'BASE_TYPE_BAD_LENGTH' }],
  [
    'six rows',
    { components: Array.from({ length: 6 }, (_, n) => row(button({ custom_id: `${n}` }))) },
    { components: 'BASE_TYPE_BAD_LENGTH' },
  ],
  ['a button outside of a row', { components: [button()] }, { 'components.0': 'UNION_TYPE_CHOICES' }],
  [
    'a row in a row',
    { components: [row(row(button()))] },
    { 'components.0.components.0': 'UNION_TYPE_CHOICES' },
  ],
  [
    'a select beside a button',
    { components: [row(select, button())] },
    { 'components.0': 'COMPONENT_LAYOUT_WIDTH_EXCEEDED' },
  ],
  [
    'two buttons of one id',
    { components: [row(button(), button())] },
    { 'components.0.components.1.custom_id': 'COMPONENT_CUSTOM_ID_DUPLICATED' },
  ],
  [
    'buttons without an id, a style and a label',
    {
      components: [
        row(
          button({ custom_id: undefined }),
          button({ style: undefined, custom_id: 'b' }),
          button({ label: '', custom_id: 'c' }),
        ),
      ],
    },
    {
      'components.0.components.0.custom_id': 'BASE_TYPE_REQUIRED',
      'components.0.components.1.style': 'BASE_TYPE_REQUIRED',
      'components.0.components.2.label': 'BASE_TYPE_REQUIRED',
    },
  ],
  [
    'a style that does not exist',
    { components: [row(button({ style: 9 }))] },
    { 'components.0.components.0.style': 'BASE_TYPE_CHOICES' },
  ],
  [
    'an id that is empty, and one of 101 characters',
    { components: [row(button({ custom_id: '' }), button({ custom_id: 'a'.repeat(101) }))] },
    {
      'components.0.components.0.custom_id': 'BASE_TYPE_BAD_LENGTH',
      'components.0.components.1.custom_id': 'BASE_TYPE_BAD_LENGTH',
    },
  ],
  [
    'a label of 81 characters',
    { components: [row(button({ label: 'a'.repeat(81) }))] },
    { 'components.0.components.0.label': 'BASE_TYPE_MAX_LENGTH' },
  ],
  [
    'a link without an address',
    { components: [row({ type: 2, style: 5, label: 'Go' })] },
    { 'components.0.components.0.url': 'BASE_TYPE_REQUIRED' },
  ],
  [
    'a link with an id',
    { components: [row(button({ style: 5, url: 'https://example.org' }))] },
    { 'components.0.components.0.custom_id': 'BASE_TYPE_CHOICES' },
  ],
  [
    'users both parsed and listed',
    { allowed_mentions: { parse: ['users'], users: [id] } },
    { allowed_mentions: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE' },
  ],
  [
    'a mention of somebody who is no snowflake',
    { allowed_mentions: { users: ['me'] } },
    { 'allowed_mentions.users.0': 'NUMBER_TYPE_COERCE' },
  ],
  ['a nonce of 26 characters', { nonce: 'a'.repeat(26) }, { nonce: 'BASE_TYPE_MAX_LENGTH' }],
  [
    'a file that did not come along',
    { attachments: [{ id: '0', filename: 'a.png' }] },
    { 'attachments.0': 'ATTACHMENT_NOT_FOUND' },
  ],
  [
    'an answer to a message that is not there',
    { message_reference: { message_id: id } },
    { message_reference: 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE' },
  ],
  [
    'an answer to a message of another channel',
    { message_reference: { message_id: id, channel_id: id } },
    { message_reference: 'REPLIES_CANNOT_REPLY' },
  ],
  ['an embed of nothing', { embeds: [{}] }, { 'embeds.0.description': 'BASE_TYPE_REQUIRED' }],
  [
    'embeds of more than 6,000 characters',
    { embeds: [{ description: 'a'.repeat(4_000) }, { description: 'a'.repeat(2_001) }] },
    { embeds: 'MAX_EMBED_SIZE_EXCEEDED' },
  ],
  [
    'an embed with all that can be wrong',
    {
      embeds: [
        {
          title: 'a'.repeat(257),
          url: 'nowhere',
          color: 0x1000000,
          timestamp: 'soon',
          fields: [{ name: '', value: 'a'.repeat(1_025) }],
        },
      ],
    },
    {
      'embeds.0.title': 'BASE_TYPE_MAX_LENGTH',
      'embeds.0.url': 'URL_TYPE_INVALID_SCHEME',
      'embeds.0.color': 'NUMBER_TYPE_MAX',
      'embeds.0.timestamp': 'DATE_TIME_TYPE_PARSE',
      'embeds.0.fields.0.name': 'BASE_TYPE_REQUIRED',
      'embeds.0.fields.0.value': 'BASE_TYPE_MAX_LENGTH',
    },
  ],
];

describe('a message is refused with', () => {
  it.each(messages)('%s', async (_, body, problems) => {
    const playground = await startLocalDiscord({ limits });
    const path = `/channels/${playground.discord.channelId}/messages`;
    const refused = await call(playground, 'POST', path, { content: 'hello', ...body });
    expect(problemsIn(refused.body)).toEqual(problems);
    expect(playground.discord.me.read()).toEqual([]);
  });
});

it('lets five buttons in five rows, and lists without parsing pass', async () => {
  const playground = await startLocalDiscord({ limits });
  const { me, channelId } = playground.discord;
  const rows = Array.from({ length: 5 }, (_, at) =>
    row(...Array.from({ length: 5 }, (__, index) => button({ custom_id: `${at} ${index}` }))),
  );
  const post = (body: object) =>
    call(playground, 'POST', `/channels/${channelId}/messages`, { content: 'hello', ...body });
  const mentions = { parse: ['roles'], users: [me.user.id] };
  expect((await post({ components: rows, allowed_mentions: mentions })).status).toBe(200);
  expect((await post({ allowed_mentions: { parse: ['users'], users: [] } })).status).toBe(200);
});

it('refuses an answer to a system message', async () => {
  const playground = await startLocalDiscord({ limits });
  const { me, channelId } = playground.discord;
  const question = me.post('hello');
  await call(playground, 'POST', `/channels/${channelId}/messages/${question.id}/threads`, { name: 'More' });
  const [starter] = me.read(question.id);
  const answer = { content: 'hi', message_reference: { message_id: starter?.id, fail_if_not_exists: false } };
  const refused = await call(playground, 'POST', `/channels/${question.id}/messages`, answer);
  expect(refused.body.errors.message_reference._errors[0].message).toBe('Cannot reply to a system message');
});

it('lets nobody edit a message in an archived thread', async () => {
  const playground = await startLocalDiscord({ limits });
  const { me, channelId } = playground.discord;
  const question = me.post('hello');
  const path = `/channels/${channelId}/messages/${question.id}/threads`;
  await call(playground, 'POST', path, { name: 'More' });
  const posted = await call(playground, 'POST', `/channels/${question.id}/messages`, { content: 'hi' });
  await call(playground, 'PATCH', `/channels/${question.id}`, { archived: true });
  const edit = await call(playground, 'PATCH', `/channels/${question.id}/messages/${posted.body.id}`, {
    content: 'changed',
  });
  expect(edit).toMatchObject({ status: 400, body: { code: 50_083 } });
});

it('takes the fields of a form without payload_json', async () => {
  const playground = await startLocalDiscord({ limits });
  const form = new FormData();
  form.set('content', 'from a form');
  form.set('files[0]', new Blob(['a']), 'a.txt');
  const path = `/channels/${playground.discord.channelId}/messages`;
  expect((await call(playground, 'POST', path, form)).body).toMatchObject({
    content: 'from a form',
    attachments: [{ filename: 'a.txt' }],
  });
});
