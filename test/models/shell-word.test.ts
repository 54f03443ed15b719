// Commands in messages can be copied into a shell.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { shellWord } from '../../models/shell-word.ts';

describe.skipIf(process.platform === 'win32')('a word of a command', () => {
  it.each(['/tmp/sp ace', "it's", '$HOME', 'a"b', '', 'back\\slash', 'star*', 'a;b', 'é', '#1', 'a&b'])(
    'reaches the program as it is: %s',
    (text) => {
      const command = `printf %s ${shellWord(text)}`;
      expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' })).toBe(text);
    },
  );

  it('is quoted only where it must be', () => {
    expect(shellWord('/tmp/sp ace')).toBe("'/tmp/sp ace'");
    for (const text of ['/tmp/blip2-base_1.0', 'Org/name@v1.0+2', './a,b:c=d%']) {
      expect(shellWord(text)).toBe(text);
    }
  });
});
