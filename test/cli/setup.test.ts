import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
// @ts-expect-error plain JavaScript, which runs before there are packages
import { requireNode } from '../../src/setup/install.mjs';
// @ts-expect-error plain JavaScript
import { packagesAreCurrent } from '../../src/setup/packages.mjs';
// @ts-expect-error plain JavaScript
import { buildPage, pageIsCurrent } from '../../src/setup/page.mjs';
// @ts-expect-error plain JavaScript
import { buildProgram, programIsCurrent } from '../../src/setup/program.mjs';

const lock = {
  '': { version: '0.1.0' },
  'node_modules/hono': { version: '4.0.0', integrity: 'sha512-a' },
  'node_modules/other-platform': { version: '1.0.0', integrity: 'sha512-b', optional: true },
};

describe('the packages', () => {
  it('are not current where there are none', () => {
    expect(packagesAreCurrent(checkout({ 'package-lock.json': { packages: lock } }))).toBe(false);
  });

  it('are current when all but those for other platforms are as locked', () => {
    expect(packagesAreCurrent(installed({ 'node_modules/hono': lock['node_modules/hono'] }))).toBe(true);
  });

  it.each([
    ['one is absent', {}],
    ['one has another version', { 'node_modules/hono': { version: '3.9.0', integrity: 'sha512-a' } }],
    ['one has other contents', { 'node_modules/hono': { version: '4.0.0', integrity: 'sha512-z' } }],
  ])('are not current when %s', (_, packages) => {
    expect(packagesAreCurrent(installed(packages))).toBe(false);
  });
});

describe("the playground's page", () => {
  const sources = {
    'src/playground/page/app.ts': '',
    'src/playground/page-api.ts': '',
    'package-lock.json': '',
  };

  it('is not current before it was built', () => {
    expect(pageIsCurrent(checkout(sources))).toBe(false);
  });

  it('is current until a source changes', () => {
    const root = checkout({ ...sources, 'dist/page/.built': '' });
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(root, 'dist/page/.built'), later, later);
    expect(pageIsCurrent(root)).toBe(true);
    const evenLater = new Date(Date.now() + 120_000);
    utimesSync(join(root, 'src/playground/page/app.ts'), evenLater, evenLater);
    expect(pageIsCurrent(root)).toBe(false);
  });
});

const builtFrom = {
  'src/playground/page/app.ts': '',
  'src/playground/page-api.ts': '',
  'commands/a.ts': '',
  'conversation/a.ts': '',
  'models/a.ts': '',
  'tsconfig.json': '',
  'tsconfig.build.json': '',
  'package-lock.json': '',
};

describe('a build that was broken off', () => {
  it.each([
    ['program', 'dist/src/cli.js', 'dist/src/.built', programIsCurrent],
    ['page', 'dist/page/index.html', 'dist/page/.built', pageIsCurrent],
  ])('leaves no current %s, though its main file is new', (_, main, stamp, isCurrent) => {
    const root = checkout({ ...builtFrom, [main]: '' });
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(root, main), later, later);
    expect(isCurrent(root)).toBe(false);
    writeFileSync(join(root, stamp), '');
    utimesSync(join(root, stamp), later, later);
    expect(isCurrent(root)).toBe(true);
  });
});

describe('a build', () => {
  const tools = { program: 'node_modules/typescript/bin/tsc', page: 'node_modules/vite/bin/vite.js' };
  const folders = { program: 'dist/src', page: 'dist/page' };

  it.each([
    ['program', buildProgram, programIsCurrent],
    ['page', buildPage, pageIsCurrent],
  ] as const)('of the %s is current when it is done, and none when it failed', (what, build, isCurrent) => {
    const tool = (code: number) =>
      `require('node:fs').mkdirSync('${folders[what]}', { recursive: true }); process.exit(${code});`;
    const failing = checkout({ ...builtFrom, [tools[what]]: tool(1) });
    expect(() => build(failing)).toThrow(/could not be (compiled|built)\. .* stands above\.$/);
    expect(isCurrent(failing)).toBe(false);
    const working = checkout({ ...builtFrom, [tools[what]]: tool(0) });
    build(working);
    expect(isCurrent(working)).toBe(true);
  });
});

describe('the package', () => {
  it('is built before it is packed', async () => {
    const build = `import { mkdirSync, writeFileSync } from 'node:fs';
      mkdirSync('dist/models', { recursive: true });
      writeFileSync('dist/models/index.d.ts', '');`;
    const root = checkout({
      'package.json': readFileSync(join(packageRoot(), 'package.json'), 'utf8'),
      '.npmrc': readFileSync(join(packageRoot(), '.npmrc'), 'utf8'),
      'src/setup/build.mjs': build,
    });
    const pack = ['pack', '--dry-run', '--json', '--ignore-scripts=false'];
    const { stdout } = await promisify(execFile)('npm', pack, { cwd: root });
    expect(stdout).toContain('"dist/models/index.d.ts"');
  });
});

describe('the Node that runs it', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0'])('may be %s', (version) => {
    expect(() => requireNode(version)).not.toThrow();
  });

  it.each(['18.20.4', '20.18.3'])('may not be %s', (version) => {
    expect(() => requireNode(version)).toThrow(
      `blipcord needs Node 20.19 or newer, and this is ${version}. Get one from https://nodejs.org.`,
    );
  });
});

function installed(packages: object): string {
  return checkout({
    'package-lock.json': { packages: lock },
    'node_modules/.package-lock.json': { packages },
  });
}

/** A folder with these files; objects become JSON. */
function checkout(files: Readonly<Record<string, object | string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'blipcord-setup-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return root;
}
