// From typing `npm start` in an installed checkout to a page that loads, with the bot in it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { begin } from './begin.ts';
import { printTable } from './table.ts';

begin();
parseArgs(); // takes no options

const runs = 5;
const root = join(import.meta.dirname, '..');

const times: number[] = [];
for (let run = 0; run < runs; run++) times.push(await timeStart());
printTable('npm start', [{ what: 'to the page, with the bot online', times, targetMs: 3_000 }]);

async function timeStart(): Promise<number> {
  const started = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: { ...process.env, PORT: '0', BLIPCORD_STORE: 'memory:', DISCORD_TOKEN: '' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const address = await addressOf(child);
  const page = await fetch(address);
  const { bot } = (await (await fetch(`${address}/page/state`)).json()) as { bot: { online: boolean } };
  const time = performance.now() - started;
  if (!page.ok || !bot.online)
    throw new Error(`${address} answered ${page.status}, bot online: ${bot.online}.`);
  child.kill('SIGTERM');
  await once(child, 'close');
  return time;
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += String(chunk);
      const address = text.match(/http:\/\/\S+/)?.[0];
      if (address) resolve(address);
    });
    child.once('exit', () => reject(new Error(`npm start ended without an address: ${text}`)));
  });
}
