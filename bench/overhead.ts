// What the bot itself takes for an answer while many talk to it at once: from the gateway's event to the reply, less the
// model, in whose place there is a delay: `npm run bench -- overhead --conversations 50 --rounds 12`. The people pause, so
// that typing and replies stay under the 50 requests a second that Discord allows a bot and discord.js keeps to.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openStore } from '../conversation/store.ts';
import type { Backend } from '../models/backend.ts';
import { loadTokenizer } from '../models/checkpoint/tokenizer.ts';
import { silentLog } from '../test/support/logs.ts';
import { startBot } from '../test/support/start-bot.ts';
import { begin } from './begin.ts';
import { count } from './command-line.ts';
import type { Outcome, Place, Plan } from './overhead/messages.ts';
import { percentile } from './table.ts';

begin();

const barMs = 15;
const { values } = parseArgs({
  options: {
    conversations: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '12' },
    'model-ms': { type: 'string', default: '500' },
    'pause-ms': { type: 'string', default: '2000' },
  },
});
const plan: Plan = {
  conversations: count('--conversations', values.conversations),
  rounds: count('--rounds', values.rounds),
  modelMs: count('--model-ms', values['model-ms'], 0),
  pauseMs: count('--pause-ms', values['pause-ms'], 0),
};

const discord = fork(join(import.meta.dirname, 'overhead', 'discord.ts'), {
  execArgv: ['--import', 'tsx'],
});
const [place] = (await once(discord, 'message')) as [Place];
const folder = await mkdtemp(join(tmpdir(), 'blipcord-bench-'));
const store = openStore(`sqlite://${join(folder, 'memory.sqlite')}`);
const backend = await delayingBackend(plan.modelMs);
const bot = await startBot({ place, backend, store, log: silentLog });
const before = process.cpuUsage();
discord.send(plan);
const [{ timesMs }] = (await once(discord, 'message')) as [Outcome];
const { user, system } = process.cpuUsage(before);
await bot.stop();
await store.close();
discord.send('enough');
await once(discord, 'exit');
await rm(folder, { recursive: true });

const [p50 = '', p95 = '', longest = ''] = [50, 95, 100].map((percent) =>
  percentile(timesMs, percent).toFixed(1),
);
const cpuMs = (user + system) / 1_000 / (plan.conversations * (plan.rounds + 1));
const verdict = Number(p95) <= barMs ? '' : ' missed';
process.stdout.write(
  `\nFrom event to reply without the model, ${plan.conversations} conversations at once, ${timesMs.length} answers\n` +
    `  p50 ${p50} ms, p95 ${p95} ms, longest ${longest} ms, target p95 <= ${barMs} ms${verdict}\n` +
    `  the bot's processor time for an answer ${cpuMs.toFixed(1)} ms\n`,
);

/** With the embedded checkpoint's tokenizer, since counting tokens is the bot's own work. */
async function delayingBackend(modelMs: number): Promise<Backend> {
  const folder = join(import.meta.dirname, '..', 'models', 'emoji');
  const tokenizer = await loadTokenizer(folder);
  const queryTokens = 16;
  const promptIds = (prompt: string) => tokenizer.promptIds(prompt);
  const countPromptTokens = (prompt: string) => queryTokens + promptIds(prompt).length;
  const text = 'a rocket on a red background';
  return {
    info: {
      name: 'delay',
      folder,
      fingerprint: 'delay',
      device: { device: 'cpu', precision: 'f32', fallbacks: [] },
      queryTokens,
      decoderWidth: 160,
      maxPositions: 1_024,
      answerSharesWindow: true,
      maxNewTokens: 40,
    },
    promptIds,
    countPromptTokens,
    encodeImage: async () => ({ queryTokens, width: 160, data: new Float32Array(queryTokens * 160) }),
    async *generate({ prompt }) {
      const passed = delay(modelMs);
      // The model's own work, which its thread does.
      const promptTokens = countPromptTokens(prompt);
      await passed;
      yield { id: 0, text, logprob: 0 };
      return { tokens: [0], text, promptTokens, finish: 'eos', logprob: 0 };
    },
    close: async () => {},
  };
}
