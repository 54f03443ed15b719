// From a person's message in the local Discord to the bot's reply, through the real client and the embedded checkpoint.
// The person pauses between two questions: without that it is the 50 requests a second that are measured, which Discord
// allows a bot and discord.js keeps to by waiting for the next second.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openStore } from '../conversation/store.ts';
import { WorkerBackend } from '../models/worker-backend.ts';
import { startPlayground } from '../src/playground/playground.ts';
import { silentLog } from '../test/support/logs.ts';
import { startBot } from '../test/support/start-bot.ts';
import { begin } from './begin.ts';
import { printTable } from './table.ts';

begin();
parseArgs(); // takes no options

const runs = 40;
const pauseMs = 100;
const root = join(import.meta.dirname, '..');
const unlimited = { requests: 1_000_000, windowMs: 1_000 };

const backend = await WorkerBackend.open({ folder: join(root, 'models', 'emoji'), device: 'cpu' });
const store = openStore('memory:');
const place = await startPlayground({
  port: 0,
  log: silentLog,
  limits: { globalRate: unlimited, messageRate: unlimited, routeRate: unlimited },
});
const { discord } = place;
const bot = await startBot({ place, backend, store, log: silentLog });

const bytes = await readFile(join(root, 'test', 'goldens', 'emoji', 'scene3.png'));
const firsts: number[] = [];
const furthers: number[] = [];
for (let run = 0; run < runs; run++) {
  // Bytes after a PNG's end change its hash and nothing else, so that each first question has to encode the image.
  const file = { name: 'rocket.png', bytes: Buffer.concat([bytes, Buffer.from([run])]) };
  const first = await time({ content: `<@${discord.botId}> What is this?`, files: [file] });
  firsts.push(first.ms);
  furthers.push((await time({ content: 'What color is behind it?', replyTo: first.replyId })).ms);
}
// The first run of all warms up the compiler.
printTable('Message to reply', [
  { what: 'a new image with a question', times: firsts.slice(1), targetMs: 150 },
  { what: 'a further question about it', times: furthers.slice(1), targetMs: 150 },
]);

await bot.stop();
await place.close();
await store.close();
await backend.close();

async function time(
  message: Parameters<typeof discord.me.post>[0],
): Promise<{ ms: number; replyId: string }> {
  await delay(pauseMs);
  const started = performance.now();
  const question = discord.me.post(message);
  const reply = await discord.me.waitFor(
    ({ message_reference }) => message_reference?.message_id === question.id,
  );
  return { ms: performance.now() - started, replyId: reply.id };
}
