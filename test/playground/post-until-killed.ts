// A local Discord in which somebody posts until it is killed; says each message once it is posted.
// Arguments: the file that it is kept in.
import { setImmediate } from 'node:timers/promises';
import { startPlayground } from '../../src/playground/playground.ts';
import { silentLog } from '../support/logs.ts';

const { discord } = await startPlayground({ port: 0, log: silentLog, file: process.argv[2] });
for (let number = 0; ; number++) {
  const content = `${number} `
    .repeat(1 + ((number * 37) % 400))
    .trim()
    .slice(0, 1_900);
  discord.me.post({ content, files: [{ name: 'same.txt', bytes: Buffer.from(content) }] });
  await setImmediate();
  process.stdout.write(`${content}\n`);
}
