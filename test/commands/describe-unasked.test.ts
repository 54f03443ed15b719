import type { Message } from 'discord.js';
import { expect, it } from 'vitest';
import type { PostedImage, Services } from '../../commands/command.ts';
import { describeUnasked } from '../../commands/describe-unasked.ts';
import { recordLog } from '../support/logs.ts';

it('A picture that goes without its description does so in the log', async () => {
  const log = recordLog();
  const error = new Error('The model is gone.');
  const quiet = { run: () => Promise.reject(error) };
  const services = { log, quiet } as unknown as Services;
  await describeUnasked({ id: '1', guildId: '2' } as Message, {} as PostedImage, 'en-US', services);
  expect(log.lines).toMatchObject([
    { level: 'info', message: expect.stringMatching(/without a description/), fields: { err: error } },
  ]);
});
