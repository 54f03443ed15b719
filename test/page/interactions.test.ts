import type { APIMessage } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { RequestError } from '../../src/playground/page/client.ts';
import { FakeClient, message, openStore } from './support/fake-client.ts';

class RefusingClient extends FakeClient {
  refusal: string | undefined = 'This message is gone.';

  override async postInteraction(): Promise<{ interactionId: string }> {
    if (this.refusal !== undefined) throw new RequestError(this.refusal);
    return { interactionId: '70' };
  }
}

const command = { kind: 'command', channelId: '10', commandId: '5', options: [] } as const;

async function open() {
  const client = new RefusingClient();
  const store = await openStore(client);
  const failures = () => store.model.interactions.map(({ failure }) => failure);
  const press = (pressed: APIMessage) => store.interactions.pressButton(pressed, 'more');
  return { client, store, failures, press };
}

describe('what the server refused', () => {
  it('of a button is told under its message, until something is used again', async () => {
    const { client, store, failures, press } = await open();
    expect(await press(message('50'))).toBe(false);
    expect(store.model.interactions).toMatchObject([
      { source: { kind: 'button', messageId: '50' }, failure: 'This message is gone.' },
    ]);
    expect(store.model.toasts).toEqual([]);
    client.refusal = undefined;
    expect(await press(message('50'))).toBe(true);
    expect(failures()).toEqual([undefined]);
  });

  it('of a command is told where it was used, until it is used again', async () => {
    const { client, store, failures } = await open();
    client.refusal = 'a.png is too big.';
    expect(await store.interactions.runCommand('caption', command, new Map())).toBe(false);
    await store.interactions.runCommand('caption', command, new Map());
    expect(failures()).toEqual(['a.png is too big.']);
    client.refusal = undefined;
    expect(await store.interactions.runCommand('caption', command, new Map())).toBe(true);
    expect(failures()).toEqual([undefined]);
  });

  it('is what was asked last, as a message on its way is, in its own channel', async () => {
    const { store } = await open();
    expect(store.newestAsked('10')).toBeUndefined();
    await store.interactions.runCommand('caption', command, new Map());
    expect(store.newestAsked('10')).toBe(store.model.interactions[0]?.key);
    void store.drafts.send('hello');
    expect(store.newestAsked('10')).toBe(store.model.pending[0]?.key);
    expect(store.newestAsked('11')).toBeUndefined();
  });

  it('leaves a command alone that the bot did not answer', async () => {
    const { client, store, failures, press } = await open();
    client.refusal = undefined;
    await store.interactions.runCommand('caption', command, new Map());
    const failed = { type: 'interaction.failed', interactionId: '70', channelId: '10' } as const;
    store.receive({ ...failed, message: 'The application did not respond' });
    await press(message('50'));
    expect(failures()).toEqual(['The application did not respond', undefined]);
  });
});
