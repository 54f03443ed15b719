// What a wrong command line of a benchmark gets: one sentence with its remedy, before anything is measured or written.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

describe('a wrong command line', { timeout: 60_000 }, () => {
  it.each<[string, RegExp]>([
    ['run foo', /^There is no measurement "foo"\. Name some of: start, .*\.$/],
    ['answer --fast', /^Unknown option '--fast'/],
    [
      'engine --model /nowhere',
      /^There is no checkpoint in \/nowhere\. Name a folder that holds a config\.json\.$/,
    ],
    ['precision --weights int3', /^--weights is "int3"\. Use one of: auto, f16, int8, int4\.$/],
    ['precision --weights int4 --block 100', /^--block is "100"\. Use one of: 32, 64, 128\.$/],
    ['precision --weights int4 --block abc', /^--block is "abc"\. Use one of: 32, 64, 128\.$/],
    ['precision --weights int4 --keep eyes=f32', /^"eyes=f32" names no part of the model\./],
    ['precision --model /nowhere', /^There is no checkpoint in \/nowhere\./],
    ['quality --out /nowhere/out --model /nowhere', /^There is no checkpoint in \/nowhere\./],
    ['scenes --model nowhere', /^There is no model "nowhere"\./],
    [
      'scenes --artists nobody',
      /holds no emoji of the set "nobody"\. Install @iconify-json\/nobody there\.$/,
    ],
  ])('such as "%s" gets one sentence', (line, sentence) => {
    const [name = '', ...args] = line.split(' ');
    const script = ['--import', 'tsx', join(root, 'bench', `${name}.ts`), ...args];
    const { status, stderr } = spawnSync(process.execPath, script, { encoding: 'utf8', cwd: root });
    expect(stderr.trim()).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
  });
});
