import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const script = join(import.meta.dirname, '..', '..', 'src', 'setup', 'pass-signals.mjs');
const parent = `
  const { spawn } = await import('node:child_process');
  const { passSignals } = await import(${JSON.stringify(script)});
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log(process.pid)'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  passSignals([child]);
`;

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'npm run dev leaves nothing running after %s',
  async (signal) => {
    const started = spawn(process.execPath, ['--input-type=module', '-e', parent], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void started.kill('SIGKILL'));
    const [pid] = await once(started.stdout, 'data');
    const child = Number(String(pid));
    onTestFinished(() => {
      if (isRunning(child)) process.kill(child, 'SIGKILL');
    });
    started.kill(signal);
    expect(await once(started, 'exit')).toEqual([0, null]);
    expect(isRunning(child)).toBe(false);
  },
);

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
