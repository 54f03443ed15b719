import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { ConversationRecord } from '../../conversation/conversations.ts';
import { openStore } from '../../conversation/store.ts';

it('finds every turn that was kept, and no half of one, after SIGKILLs in the middle of writing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'blipcord-kill-'));
  const address = `sqlite://${folder}/blipcord.sqlite`;
  let kept = 0;
  for (const more of [4, 23, 40]) {
    const said = await writeUntilKilled(address, more);
    const { turns, forgottenTurns = 0 } = await read(address);
    expect(turns.length + forgottenTurns).toBeGreaterThan(kept);
    expect(turns.length + forgottenTurns).toBeGreaterThanOrEqual(said + 1);
    for (const [i, { question, answer }] of turns.entries()) {
      const number = forgottenTurns + i;
      expect(question).toBe(`question ${number}`);
      expect(answer).toBe(`${number} `.repeat(1 + ((number * 37) % 500)));
    }
    kept = turns.length + forgottenTurns;
  }
  rmSync(folder, { recursive: true });
}, 180_000); // so long take three starts of a process on a machine that is busy otherwise

/**
 * It goes on to write while it is killed.
 * @returns the number of the last turn that the process said it had kept, after so many
 */
async function writeUntilKilled(address: string, turns: number): Promise<number> {
  const script = fileURLToPath(new URL('write-until-killed.ts', import.meta.url));
  const writer = spawn(process.execPath, ['--import', 'tsx', script, address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  writer.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.split('\n').length > turns) writer.kill('SIGKILL');
  });
  await once(writer, 'close');
  const whole = output.split('\n').slice(0, -1);
  return Number(whole.at(-1));
}

async function read(address: string): Promise<ConversationRecord> {
  const store = openStore(address);
  const record = await store.namespace<ConversationRecord>('conversations').get('killed');
  await store.close();
  if (!record) throw new Error('The record is gone.');
  return record;
}
