import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether what was built is there and no older than any of its sources. A folder counts with all that it holds, and
 * itself, since its time changes when something in it is removed.
 * @param {string} built a file
 * @param {readonly string[]} sources files and folders
 */
export function isCurrent(built, sources) {
  if (!existsSync(built)) return false;
  const builtAt = statSync(built).mtimeMs;
  return sources.flatMap(withContents).every((path) => statSync(path).mtimeMs <= builtAt);
}

function withContents(path) {
  if (!statSync(path).isDirectory()) return [path];
  return [path, ...readdirSync(path, { recursive: true }).map((name) => join(path, name))];
}
