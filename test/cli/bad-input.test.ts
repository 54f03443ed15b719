import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { blipcord } from '../support/run-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'blipcord-cli-'));

beforeAll(() => {
  writeFileSync(join(folder, 'broken.png'), '\x89PNG\r\n\x1a\n and no more');
  writeFileSync(join(folder, 'notes.txt'), 'not an image');
  mkdirSync(join(folder, 'empty'));
  mkdirSync(join(folder, 'bert'));
  writeFileSync(join(folder, 'bert', 'config.json'), '{"model_type":"bert"}');
});

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
      'Allowed choices are auto, cuda, webgpu, cpu.',
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
    ['an image cut short', ['generate', '--image', 'broken.png', '--json'], ''],
    ['a file that is no image', ['ask', 'notes.txt', 'What is this?'], ''],
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
      'a model that does not exist',
      ['generate', '--image', 'broken.png', '--model', 'blip3'],
      'There is no model "blip3". Name a folder that holds a BLIP-2 checkpoint, or use one of: emoji.',
    ],
    [
      'a folder without a model',
      ['generate', '--image', 'broken.png', '--model', 'empty'],
      `${join(folder, 'empty')} holds no config.json.`,
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

it('prints its help and its version and is content', async () => {
  expect(await blipcord(['--help'])).toMatchObject({ code: 0, stderr: '' });
  expect(await blipcord(['--version'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});
