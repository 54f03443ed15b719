// The rooms stay apart: imports point one way, and each package is known where its work is done.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCycles, importsOf, packageOf, readSources, type SourceFile } from './support/imports.ts';

// Each may import from itself and from those before it.
const rooms = ['models', 'conversation', 'commands', 'src'];
const homes: Readonly<Record<string, readonly string[]>> = {
  'onnxruntime-node': ['models'],
  'onnx-proto': ['models'],
  '@huggingface/tokenizers': ['models'],
  '@huggingface/hub': ['src'],
  sharp: ['models', 'src'],
  'bmp-ts': ['models'],
  'libheif-js': ['models'],
  langchain: ['conversation'],
  '@langchain/core': ['conversation'],
  keyv: ['conversation', 'src'],
  libsql: ['conversation', 'src'],
  'prom-client': ['src'],
  'discord.js': ['commands', 'src'],
};

const sources = readSources(join(import.meta.dirname, '..'), rooms);

describe('the rooms', () => {
  it('hold the files that this test is about', () => {
    const counts = rooms.map((room) => sources.filter(({ path }) => roomOf(path) === room).length);
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });

  it('import only from the rooms below them', () => {
    expect(importsUpwards(sources)).toEqual([]);
  });

  it('use a package only where its work is done', () => {
    expect(strayPackages(sources)).toEqual([]);
  });

  it('have no circle of imports', () => {
    expect(findCycles(sources)).toEqual([]);
  });

  it('read the environment in src/config.ts alone', () => {
    expect(environmentReaders(sources)).toEqual(['src/config.ts']);
  });
});

describe('what this test looks for', () => {
  const file = (path: string, text: string): SourceFile => ({ path, text });

  it('finds an import that points the wrong way', () => {
    const wrong = [
      file('models/a.ts', "import type { B } from '../commands/b.ts';"),
      file('commands/b.ts', ''),
    ];
    expect(importsUpwards(wrong)).toEqual(['models/a.ts imports commands/b.ts']);
  });

  it('finds a package in the wrong room, however it is imported', () => {
    const wrong = [
      file('commands/a.ts', "import sharp from 'sharp';"),
      file('conversation/b.ts', "import {\n  Client,\n} from 'discord.js';"),
      file('commands/c.ts', "const { trimMessages } = await import('@langchain/core/messages');"),
      file('src/d.ts', "export * from 'onnxruntime-node';"),
    ];
    expect(strayPackages(wrong)).toEqual([
      'commands/a.ts imports sharp',
      'conversation/b.ts imports discord.js',
      'commands/c.ts imports @langchain/core',
      'src/d.ts imports onnxruntime-node',
    ]);
  });

  it('finds a circle over three files', () => {
    const circle = [
      file('src/a.ts', "import './b.ts';"),
      file('src/b.ts', "import { c } from './c.ts';"),
      file('src/c.ts', "export { a } from './a.ts';"),
    ];
    expect(findCycles(circle)).toEqual(['src/a.ts -> src/b.ts -> src/c.ts -> src/a.ts']);
  });

  it('lets types go round in a circle', () => {
    const circle = [
      file('src/a.ts', "import type {\n  B,\n} from './b.ts';\nexport type { B };"),
      file('src/b.ts', "import { a } from './a.ts';"),
    ];
    expect(findCycles(circle)).toEqual([]);
  });

  it('finds who reads the environment', () => {
    expect(
      environmentReaders([
        file('src/a.ts', 'process.env.PORT'),
        file('src/b.ts', "import { env } from 'node:process'"),
      ]),
    ).toEqual(['src/a.ts', 'src/b.ts']);
  });
});

function roomOf(path: string): string {
  return path.split('/')[0] ?? '';
}

function importsUpwards(files: readonly SourceFile[]): string[] {
  const known = new Set(files.map(({ path }) => path));
  return files.flatMap((source) =>
    importsOf(source)
      .filter(
        (target) => known.has(target) && rooms.indexOf(roomOf(target)) > rooms.indexOf(roomOf(source.path)),
      )
      .map((target) => `${source.path} imports ${target}`),
  );
}

function strayPackages(files: readonly SourceFile[]): string[] {
  const known = new Set(files.map(({ path }) => path));
  return files.flatMap((source) =>
    importsOf(source)
      .map((specifier) => packageOf(specifier, known) ?? '')
      .filter((name) => homes[name] && !homes[name].includes(roomOf(source.path)))
      .map((name) => `${source.path} imports ${name}`),
  );
}

function environmentReaders(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path, text }) => /\bprocess\.env\b|node:process'/.test(text) && !path.startsWith('src/setup/'))
    .map(({ path }) => path);
}
