import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as memory from '../conversation/index.ts';
import * as engine from '../models/index.ts';

const known = new Set([...Object.keys(engine), ...Object.keys(memory), 'Error', 'TypeError', 'RangeError']);

describe('the libraries', () => {
  it.each(['models/index.ts', 'conversation/index.ts', 'conversation/langchain.ts'])(
    'export every error that is named in the documentation of what %s exports',
    (index) => {
      const read = (path: string) =>
        readFileSync(new URL(path, new URL(`../${index}`, import.meta.url)), 'utf8');
      const files = [...read(`../${index}`).matchAll(/from '(\.\/.+)';/g)].map(([, file = '']) => file);
      const comments = files.flatMap((file) => read(file).match(/\/\*\*[\s\S]*?\*\//g) ?? []);
      const named = new Set(comments.join().match(/\b[A-Z]\w*Error\b/g));
      expect(comments.length).toBeGreaterThan(3);
      expect([...named].filter((name) => !known.has(name))).toEqual([]);
    },
  );
});
