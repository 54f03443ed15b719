// The program as `npm start` runs it without a Discord token: compiled, in a process of its own.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The folder that the page is built into. */
export const builtPage = `${root}dist/page`;

export interface Program {
  readonly url: string;
  stop(): Promise<void>;
}

/** Builds the program and its page where they are older than their sources. */
export async function build(): Promise<void> {
  await promisify(execFile)(process.execPath, ['src/setup/install.mjs', '--program', '--page'], {
    cwd: root,
  });
}

/** @param port 0 takes a free one */
export async function startProgram(port = 0): Promise<Program> {
  const child = spawn(process.execPath, ['dist/src/cli.js', 'start'], {
    cwd: root,
    env: {
      ...process.env,
      DISCORD_TOKEN: '',
      PORT: String(port),
      BLIPCORD_STORE: 'memory:',
      BLIPCORD_LOG: 'error',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { url: await addressOf(child), stop: () => stop(child) };
}

/** Waits for the line that names the page's address. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (url) resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) =>
      reject(new Error(`The program ended with ${code} before it was ready:\n${output}`)),
    );
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
