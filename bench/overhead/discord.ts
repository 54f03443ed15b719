// The local Discord in a process of its own, and the people in it, each in a thread of their own with a picture. Each
// asks, waits for the reply, and asks the next question.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { APITextChannel } from 'discord.js';
import { startPlayground } from '../../src/playground/playground.ts';
import { startThreadOn } from '../../src/playground/state/threads.ts';
import type { StoredMessage } from '../../src/playground/state/world.ts';
import { silentLog } from '../../test/support/logs.ts';
import type { Outcome, Place, Plan } from './messages.ts';

const unlimited = { requests: 1_000_000, windowMs: 1_000 };
const questions = [
  'What is this?',
  'What color is the background?',
  'Is there a bee?',
  'How many are there?',
];

const { api, token, cdnHost, discord, close } = await startPlayground({
  port: 0,
  log: silentLog,
  limits: { globalRate: unlimited, messageRate: unlimited, routeRate: unlimited },
});
const { me, world, botId } = discord;
const picture = await readFile(join(import.meta.dirname, '../../test/goldens/emoji/scene3.png'));

const replied = new Map<string, (at: number) => void>();
world.listen((event) => {
  if (event.type !== 'messageCreate' || event.stored.message.author.id !== botId) return;
  const id = event.stored.message.message_reference?.message_id ?? '';
  replied.get(id)?.(performance.now());
  replied.delete(id);
});

process.send?.({ api, token, cdnHost } satisfies Place);
const [plan] = (await once(process, 'message')) as [Plan];
const { conversations, modelMs, pauseMs } = plan;
const talks = Array.from({ length: conversations }, async (_, index) => {
  const channelId = openThread(index);
  // They don't all ask in the same moment.
  await delay((index / conversations) * (modelMs + pauseMs));
  return talk(channelId, plan);
});
const timesMs = (await Promise.all(talks)).flat();
process.send?.({ timesMs } satisfies Outcome);
await once(process, 'message');
await close();
process.disconnect();

async function talk(channelId: string, { rounds, modelMs, pauseMs }: Plan): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const question = me.post({ channelId, content: questions[round % questions.length] ?? '' });
    // The event is on its way.
    const asked = performance.now();
    const answered = await new Promise<number>((resolve) => replied.set(question.id, resolve));
    times.push(answered - asked - modelMs);
    await delay(pauseMs);
  }
  // In the first one the picture is looked for and fetched.
  return times.slice(1);
}

/** As the bot opens one, on a message with a picture. */
function openThread(index: number): string {
  // Bytes after a PNG's end make another picture of it.
  const bytes = Buffer.concat([picture, Buffer.from([index])]);
  const { id } = me.post({ files: [{ name: 'rocket.png', bytes }] });
  const parent = world.channels.get(discord.channelId) as APITextChannel;
  const stored = world.messages.get(parent.id)?.get(id) as StoredMessage;
  return startThreadOn(world, parent, stored, botId, { name: `Talk ${index}` }).id;
}
