// The program put together, with a model that is handed in.
import { expect, it, onTestFinished } from 'vitest';
import { ModelError } from '../../models/errors.ts';
import { parseConfig } from '../../src/config.ts';
import { startProgram } from '../../src/start.ts';
import { fakeBackend } from '../conversation/fake-backend.ts';
import { deferred } from '../support/deferred.ts';
import { startLocalDiscord } from '../support/local-discord.ts';
import { silentLog } from '../support/logs.ts';

async function start() {
  const { api, token, discord } = await startLocalDiscord();
  const failure = deferred<ModelError>();
  const config = parseConfig({ DISCORD_TOKEN: token, BLIPCORD_API: api, BLIPCORD_STORE: 'memory:' });
  const openModel = async () => Object.assign(fakeBackend(), { failed: failure.promise });
  const program = await startProgram({ ...config, modelFolder: '/model' }, silentLog, openModel);
  onTestFinished(() => program.stop());
  return { program, failure, discord };
}

it('is of no use any more when the model can run no more', async () => {
  const { program, failure } = await start();
  const reason = new ModelError("The model's thread ended 4 times without an answer.");
  failure.resolve(reason);
  expect(await program.closed).toBe(reason);
});

it('is of no use any more when Discord takes its token back', async () => {
  const { program, discord } = await start();
  discord.gateway.cut(4004);
  expect((await program.closed).message).toMatch(/^Discord rejected the token/);
});

it('is online until it is stopped', async () => {
  const { program, discord } = await start();
  expect(discord.gateway.online).toBe(true);
  await program.stop();
  expect(discord.gateway.online).toBe(false);
});
