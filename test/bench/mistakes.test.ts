// What a command line of a benchmark gets that is wrong or asks for help: one sentence with its remedy, or a line for each
// benchmark, before anything is measured or written.
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
    ['precision --plot own.png', /^--plot is "own\.png"\. Name a file that ends in \.svg\.$/],
    [
      'precision --plot own.svg --rounds 0',
      /^--plot draws what is measured in rounds\. Leave out --rounds 0\.$/,
    ],
    ['compare --plot /nowhere/own.svg', /^There is no folder \/nowhere for --plot\. Make it first\.$/],
    ['gpu --alone --plot own.svg', /^--plot draws ratios to transformers\. Leave out --alone\.$/],
    ['engine --plot own.svg', /^--plot draws ratios to transformers\. Use bench:compare\.$/],
    [
      'compare --weights int4',
      /^\S+emoji has no weights in int4\. Make them: blipcord quantize \S+emoji --weights int4$/,
    ],
    ['engine --image /nowhere.png', /^There is no image \/nowhere\.png\. Name a file with --image\.$/],
    ['precision --image /', /^There is no image \/\. Name a file with --image\.$/],
    [
      'engine --only zzz',
      /^--only is "zzz", which no measurement has in its name\. Use a part of one of: image to features; caption of 20 tokens; .*\.$/,
    ],
    ['quality --out /nowhere/out --model /nowhere', /^There is no checkpoint in \/nowhere\./],
    ['quality --out package.json', /package\.json is a file\. Name a folder with --out\.$/],
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

it.each(['--help', '-h'])(
  'tells in a line what each benchmark measures, for %s',
  (flag) => {
    const script = ['--import', 'tsx', join(root, 'bench', 'run.ts'), flag];
    const { status, stdout, stderr } = spawnSync(process.execPath, script, { encoding: 'utf8', cwd: root });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const name of ['start', 'answer', 'overhead', 'event-loop', 'engine', 'scenes', 'plots']) {
      expect(stdout).toMatch(new RegExp(`^ +${name} {2,}[a-z].{20,}$`, 'm'));
    }
  },
  60_000,
);
