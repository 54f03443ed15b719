// For how long things are kept, where a server has decided that.
import { describe, expect, it } from 'vitest';
import { openStore } from '../../conversation/store.ts';
import { emojiForFile } from './backends.ts';
import { askAsks, set } from './decisions.ts';
import { openStage, picture, quickly, replyTo, type Stage } from './stage.ts';

const backend = await emojiForFile();

const openQuickStage = () => openStage(backend, { limits: quickly });

describe('retention', () => {
  async function keptIn({ memory }: Stage, age = 0) {
    const store = openStore(`sqlite://${memory}`);
    const names = ['conversations', 'features', 'picture-notes'];
    const counts: number[] = [];
    for (const name of names) {
      const records = store.namespace(name);
      let count = 0;
      for await (const [key, value] of records.iterator?.(undefined) ?? []) {
        count += 1;
        // As if it had been kept so long ago.
        const text = JSON.stringify(value).replaceAll(
          /"at":"[^"]+"/g,
          `"at":"${new Date(Date.now() - age).toISOString()}"`,
        );
        if (age > 0) await records.set(key, JSON.parse(text));
      }
      counts.push(count);
    }
    await store.close();
    return counts;
  }
  const dayMs = 24 * 60 * 60 * 1000;

  it('removes turns and what was seen after so many days, also at a start', async () => {
    const stage = await openQuickStage();
    const { me, mention } = stage;
    me.post({ files: [await picture('rocket')] });
    await askAsks(stage, me);
    const direct = { channelId: me.directMessages(), content: 'Is there a bee?' };
    await replyTo(me, me.post({ ...direct, files: [await picture('umbrella')] }));
    await set(stage, 'retention', { days: 2 });
    await stage.stopBot();
    expect(await keptIn(stage, 3 * dayMs)).toEqual([2, 2, 2]);
    await stage.restartBot();
    await stage.stopBot();
    expect(await keptIn(stage)).toEqual([1, 1, 1]);
    await stage.restartBot();
    const question = me.post(`${mention} Is there a bee?`);
    expect((await replyTo(me, question)).content).toBe('no');
  });

  it('leaves what is younger, and removes the rest at once when it is shortened', async () => {
    const stage = await openQuickStage();
    const { me } = stage;
    me.post({ files: [await picture('rocket')] });
    await askAsks(stage, me);
    await stage.stopBot();
    await keptIn(stage, 3 * dayMs);
    await stage.restartBot();
    await set(stage, 'retention', { days: 4 });
    expect(await keptIn(stage)).toEqual([1, 1, 1]);
    await set(stage, 'retention', { days: 2 });
    expect(await keptIn(stage)).toEqual([0, 0, 0]);
  });
});
