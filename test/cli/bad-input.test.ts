import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { EMOJI } from '../models/support/goldens.ts';
import { readFiles } from '../support/local-hub.ts';
import { blipcord } from '../support/run-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'blipcord-cli-'));

beforeAll(() => {
  writeFileSync(join(folder, 'broken.png'), '\x89PNG\r\n\x1a\n and no more');
  writeFileSync(join(folder, 'notes.txt'), 'not an image');
  mkdirSync(join(folder, 'empty'));
  mkdirSync(join(folder, 'bert'));
  writeFileSync(join(folder, 'bert', 'config.json'), '{"model_type":"bert"}');
  writeDamaged(join(folder, 'damaged'));
  mkdirSync(join(folder, 'piped'));
  if (process.platform === 'linux') {
    execFileSync('mkfifo', [join(folder, 'pipe'), join(folder, 'piped', 'config.json')]);
  }
});

/** A copy of the embedded checkpoint, all of whose weights are no numbers. */
function writeDamaged(to: string): void {
  mkdirSync(to);
  for (const [name, content] of readFiles(EMOJI)) {
    const isWeights = name === 'model.safetensors';
    const header = isWeights ? 8 + Number(Buffer.from(content).readBigUInt64LE()) : content.length;
    writeFileSync(join(to, name), content.fill(0xff, header));
  }
}

describe('bad input ends with exit code 2 and one sentence', () => {
  const rows: [name: string, args: string[], says: string][] = [
    ['a command that does not exist', ['describe'], "Unknown command 'describe'."],
    [
      'an option that does not exist',
      ['caption', 'a.png', '--devise', 'cpu'],
      "Unknown option '--devise'. (Did you mean --device?)",
    ],
    [
      'a device that does not exist',
      ['caption', 'a.png', '--device', 'cudaa'],
      'Use one of: auto, cpu, webgpu, cuda, cuda:N (card N, from 0), directml, coreml.',
    ],
    ['a missing argument', ['ask', 'a.png'], "Missing required argument 'question'."],
    [
      'a missing image',
      ['caption', 'absent.png'],
      `${join(folder, 'absent.png')} does not exist. Check its name.`,
    ],
    [
      'a folder for an image',
      ['caption', 'empty'],
      `${join(folder, 'empty')} is a folder. Name an image in it.`,
    ],
    ...(process.platform === 'linux'
      ? ([
          [
            'a device for an image',
            ['caption', '/dev/zero'],
            '/dev/zero is no regular file. Name an image on the disk.',
          ],
          [
            'a named pipe for an image',
            ['ask', 'pipe', 'What is this?'],
            `${join(folder, 'pipe')} is no regular file. Name an image on the disk.`,
          ],
          [
            'a named pipe in place of a model’s file',
            ['caption', 'broken.png', '--model', 'piped'],
            `${join(folder, 'piped', 'config.json')} is no regular file. Put a file there, or a link to one.`,
          ],
        ] satisfies [string, string[], string][])
      : []),
    ['an image cut short', ['generate', '--image', 'broken.png', '--json'], ''],
    [
      'a file that is no image',
      ['ask', 'notes.txt', 'What is this?'],
      'The file is not an image. Use a JPEG, PNG',
    ],
    ['an empty question', ['ask', 'broken.png', 'What is this?', ' '], 'A question is empty.'],
    [
      'a negative count',
      ['generate', '--image', 'broken.png', '--max-new-tokens', '-5'],
      'Use a whole number from 1.',
    ],
    [
      'a count that is none',
      ['generate', '--image', 'broken.png', '--max-new-tokens', 'ten'],
      'Use a whole number from 1.',
    ],
    [
      'a number that is none',
      ['generate', '--image', 'broken.png', '--length-penalty', 'long'],
      "argument 'long' is invalid. Use a number.",
    ],
    [
      'no beam',
      ['generate', '--image', 'broken.png', '--num-beams', '0'],
      'Use a whole number from 1 to 64.',
    ],
    [
      'another end of a search',
      ['generate', '--image', 'broken.png', '--early-stopping', 'always'],
      "argument 'always' is invalid. Use true, false or never.",
    ],
    [
      'an empty text to stop at',
      ['generate', '--image', 'broken.png', '--stop', 'a', ''],
      "Use a text that isn't empty.",
    ],
    [
      'no heat',
      ['generate', '--image', 'broken.png', '--temperature', '0'],
      'Use a number from 0.000001 to 1000000.',
    ],
    [
      'a penalty of nothing',
      ['generate', '--image', 'broken.png', '--repetition-penalty', ''],
      'Use a number from 0.000001 to 1000000.',
    ],
    [
      'a share above one',
      ['generate', '--image', 'broken.png', '--top-p', '1.5'],
      'Use a number above 0 and at most 1.',
    ],
    ...['--top-k', '--no-repeat-ngram-size', '--min-new-tokens', '--seed'].map(
      (flag): [string, string[], string] => [
        `half a token for ${flag}`,
        ['generate', '--image', 'broken.png', flag, '0.5'],
        'Use a whole number from 0',
      ],
    ),
    [
      'beams and chance at once',
      ['generate', '--image', 'broken.png', '--num-beams', '5', '--top-p', '0.9'],
      '--num-beams searches for the likeliest answer, and --top-p draws one by chance. Leave one of them out.',
    ],
    [
      'a shortest answer that is longer than the longest',
      ['generate', '--image', 'broken.png', '--min-new-tokens', '9', '--max-new-tokens', '8'],
      '--min-new-tokens is 9, but the answer has at most 8 tokens. Lower it, or raise --max-new-tokens.',
    ],
    [
      'a model that does not exist',
      ['generate', '--image', 'broken.png', '--model', 'blip3'],
      'There is no model "blip3". Name a folder that holds a BLIP-2 checkpoint, or use one of: emoji.',
    ],
    [
      'a folder without a model',
      ['generate', '--image', 'broken.png', '--model', 'empty'],
      `${join(folder, 'empty')} holds no config.json.`,
    ],
    [
      'weights that are no numbers',
      ['generate', '--image', join(packageRoot(), 'test/fixtures/scene3.png'), '--model', 'damaged'],
      "what is no number, because its checkpoint's weights or image_std hold such. Download the checkpoint again",
    ],
    ['a folder with another kind of model', ['generate', '--image', 'broken.png', '--model', 'bert'], 'bert'],
  ];

  it.each(rows)('%s', async (_, args, says) => {
    const { code, stdout, stderr } = await blipcord(args, { folder });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr).toMatch(/^[^\n]{10,}\n$/);
    expect(stderr).not.toMatch(/\bat .*:\d+|Error:/);
  });
});

it('prints its help where it is asked for nothing', async () => {
  const { code, stdout, stderr } = await blipcord([]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Usage: blipcord/);
});

it('prints its help and its version and is content', async () => {
  const help = await blipcord(['--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(await blipcord(['help'])).toEqual(help);
  expect(await blipcord(['help', 'quantize'])).toEqual(await blipcord(['quantize', '--help']));
  expect(await blipcord(['help', 'nosuch'])).toEqual({
    code: 2,
    stdout: '',
    stderr: "Unknown command 'nosuch'.\n",
  });
  expect(await blipcord(['--version'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});
