import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openStore } from '../../conversation/store.ts';
import { HourlyQuotas } from '../../src/preferences/hourly-quotas.ts';
import { KeptSettings } from '../../src/preferences/kept-settings.ts';
import { silentLog } from '../support/logs.ts';

it('A person who has used up their answers on one server has those of another, also after a restart', async () => {
  const store = openStore('memory:');
  const settings = await KeptSettings.open(store, silentLog);
  const open = () => HourlyQuotas.open({ store, settings, log: silentLog });
  const places = ['1', '2'].map((guildId) => ({ guildId, channelIds: [] }));
  const [one, other] = places as [(typeof places)[number], (typeof places)[number]];
  for (const { guildId } of places) await settings.decide(guildId, undefined, { hourlyAPerson: 1 });
  const quotas = await open();
  quotas.take(one, '51');
  expect(() => quotas.take(one, '51')).toThrow('all that you have for this hour');
  expect(() => quotas.take(one, '52')).not.toThrow();
  // Kept beside the answer, which waits for nothing.
  await delay(10);
  const again = await open();
  expect(() => again.take(one, '51')).toThrow('all that you have for this hour');
  again.take(other, '51');
  expect(() => again.take(other, '51')).toThrow('all that you have for this hour');
});
