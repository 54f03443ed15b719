// Reads which file imports what, for the test of the rooms' boundaries.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';

export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

const importPattern =
  /^\s*(?:import|export)\s[^'";]*?from\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'/gm;

/** Every TypeScript file of the rooms. */
export function readSources(root: string, rooms: readonly string[]): SourceFile[] {
  return rooms.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(root, room, name))
      .map((file) => ({ path: relative(root, file).split(sep).join('/'), text: readFileSync(file, 'utf8') })),
  );
}

/** Specifiers in the order they stand; those of files are resolved to paths like `SourceFile.path`. */
export function importsOf({ path, text }: SourceFile): string[] {
  return [...text.matchAll(importPattern)].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;
  });
}

/** `@scope/name/deep` and `name/deep` to the package; undefined for files and for Node's own modules. */
export function packageOf(specifier: string, sources: ReadonlySet<string>): string | undefined {
  if (sources.has(specifier) || specifier.startsWith('node:')) return undefined;
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/** Types are gone before anything runs, so that a circle of them does no harm. */
function importsAtRunTime({ path, text }: SourceFile): string[] {
  return importsOf({ path, text: text.replaceAll(/^\s*(?:import|export) type [^;]*;/gm, '') });
}

/** Each chain of files that leads back to its beginning, once. */
export function findCycles(sources: readonly SourceFile[]): string[] {
  const graph = new Map(sources.map((source) => [source.path, importsAtRunTime(source)]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push([...trail.slice(start), path].join(' -> '));
    if (start >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const { path } of sources) visit(path, []);
  return cycles;
}
