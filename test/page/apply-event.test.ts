import type { APIMessage, APIUser } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { applyEvent, withAnswered, withInteractionId } from '../../src/playground/page/apply-event.ts';
import { emptyModel, type Interaction, type Model } from '../../src/playground/page/model.ts';
import type { PageState } from '../../src/playground/page-api.ts';

const me = { id: '1', username: 'you' } as APIUser;
const bot = { id: '2', username: 'blipcord', bot: true } as APIUser;
const state = {
  me,
  bot: { user: bot, online: true },
  channels: [{ id: '10' }],
  commands: [],
} as unknown as PageState;
const model: Model = { ...emptyModel, state, channelId: '10', messages: new Map([['10', []]]) };

function message(id: string, fields: Partial<APIMessage> = {}): APIMessage {
  return { id, channel_id: '10', author: bot, content: '', mentions: [], ...fields } as APIMessage;
}

function created(to: Model, posted: APIMessage): Model {
  return applyEvent(to, { type: 'message.create', message: posted }, 0);
}

describe('messages', () => {
  it('stand in the order of their ids, whatever order they come in, and once each', () => {
    const ids = ['99', '1000', '98', '99'];
    const result = ids.reduce((before, id) => created(before, message(id)), model);
    expect(result.messages.get('10')?.map(({ id }) => id)).toEqual(['98', '99', '1000']);
  });

  it('that the server answers with are older than what their events said meanwhile', () => {
    const embeds = [{ url: 'https://example.org' }];
    const changed = created(model, message('50', { embeds }));
    expect(withAnswered(changed, message('50', { embeds: [] }))).toBe(changed);
    expect(withAnswered(model, message('50')).messages.get('10')).toHaveLength(1);
  });

  it('of a channel that was never shown are not kept: they are fetched with the others', () => {
    expect(created(model, message('50', { channel_id: '11' })).messages.has('11')).toBe(false);
  });

  it('are shown by their answers as they are now, and as deleted once they are', () => {
    const asked = message('50', { content: 'old' });
    const answer = message('51', { referenced_message: asked });
    const quotedIn = ({ messages }: Model) =>
      messages.get('10')?.find(({ id }) => id === '51')?.referenced_message;
    const answered = [asked, answer].reduce(created, model);
    const edited = message('50', { content: 'new' });
    const changed = applyEvent(answered, { type: 'message.update', message: edited }, 0);
    expect(quotedIn(changed)?.content).toBe('new');
    const deletion = { type: 'message.delete', channelId: '10', messageId: '50' } as const;
    expect(quotedIn(applyEvent(changed, deletion, 0))).toBeNull();
  });

  it('take the reply that was being written to them with them', () => {
    const draft = { text: 'a', files: [], reply: { message: message('50'), mentionAuthor: true } };
    const drafts = new Map([['10', draft]]);
    const result = applyEvent(
      { ...created(model, message('50')), drafts },
      { type: 'message.delete', channelId: '10', messageId: '50' },
      0,
    );
    expect(result.messages.get('10')).toEqual([]);
    expect(result.drafts.get('10')).toEqual({ text: 'a', files: [] });
  });
});

describe('unread marks', () => {
  it('count what others write elsewhere, and what mentions the person apart', () => {
    const once = created(model, message('50', { channel_id: '11' }));
    const twice = created(once, message('51', { channel_id: '11', mentions: [me] }));
    const own = created(twice, message('52', { channel_id: '11', author: me }));
    expect(own.unread.get('11')).toEqual({ count: 2, mentions: 1 });
  });

  it('leave the channel on show alone', () => {
    expect(created(model, message('50')).unread.size).toBe(0);
  });
});

describe('typing', () => {
  const typing = applyEvent(model, { type: 'typing', channelId: '10', user: bot }, 1_000);

  it('lasts ten seconds', () => {
    expect(typing.typing.get('10')).toEqual({ user: bot, untilMs: 11_000 });
  });

  it("ends at the typist's next message, and at nobody else's", () => {
    expect(created(typing, message('50', { author: me })).typing.size).toBe(1);
    expect(created(typing, message('51')).typing.size).toBe(0);
  });
});

describe('interactions', () => {
  const command: Interaction = {
    key: 1,
    id: '70',
    channelId: '10',
    afterId: '',
    source: { kind: 'command', name: 'caption' },
  };
  const button: Interaction = {
    key: 2,
    channelId: '10',
    afterId: '',
    source: { kind: 'button', messageId: '60', customId: 'chat' },
  };
  const waiting: Model = { ...model, interactions: [command, button] };
  const keys = ({ interactions }: Model) => interactions.map(({ key }) => key);

  function answer(id: string, more: object = {}): APIMessage {
    return message('80', {
      interaction_metadata: { id, user: me, ...more } as APIMessage['interaction_metadata'] & {},
    });
  }

  it('end with the message that answers them', () => {
    expect(keys(created(waiting, answer('70')))).toEqual([2]);
    expect(keys(created(waiting, answer('71', { interacted_message_id: '60' })))).toEqual([1]);
  });

  it('of a button end when its message changes', () => {
    expect(keys(applyEvent(waiting, { type: 'message.update', message: message('60') }, 0))).toEqual([1]);
  });

  it('that were answered before their id was known end with it', () => {
    const early = created({ ...model, interactions: [{ ...command, id: '' }] }, answer('70'));
    expect(keys(withInteractionId(early, 1, '70'))).toEqual([]);
  });

  it('that failed stay, with the reason', () => {
    const failed = applyEvent(
      waiting,
      {
        type: 'interaction.failed',
        interactionId: '70',
        channelId: '10',
        message: 'The application did not respond',
      },
      0,
    );
    expect(failed.interactions[0]?.failure).toBe('The application did not respond');
    expect(keys(created(failed, answer('70')))).toEqual([1, 2]);
  });
});

describe('channels', () => {
  it('that are threads count the messages in them by their places', () => {
    const thread = { id: '12', message_count: 2 } as never;
    const before: Model = { ...model, state: { ...state, channels: [thread] } };
    const after = created(before, message('50', { channel_id: '12', position: 2 }));
    expect(created(after, message('50', { channel_id: '12', position: 2 })).state?.channels[0]).toEqual({
      id: '12',
      message_count: 3,
    });
  });

  it('come, change and go', () => {
    const thread = { id: '12', name: 'a' } as never;
    const renamed = { id: '12', name: 'b' } as never;
    const names = ({ state: { channels = [] } = {} as PageState }: Model) => channels.map(({ name }) => name);
    const come = applyEvent(model, { type: 'channel.create', channel: thread }, 0);
    const changed = applyEvent(come, { type: 'channel.update', channel: renamed }, 0);
    expect(names(changed)).toEqual([undefined, 'b']);
    expect(names(applyEvent(changed, { type: 'channel.delete', channelId: '12' }, 0))).toEqual([undefined]);
  });
});
