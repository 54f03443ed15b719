// What the tests of refusals send, and what they read in the answers.
import { expect } from 'vitest';

const unlimited = { requests: 1_000, windowMs: 1_000 };
export const limits = { messageRate: unlimited, routeRate: unlimited, globalRate: unlimited };

export const button = (fields: object = {}) => ({
  type: 2,
  style: 1,
  label: 'More',
  custom_id: 'more',
  ...fields,
});
export const row = (...components: object[]) => ({ type: 1, components });
export const rowOf = (count: number) =>
  row(...Array.from({ length: count }, (_, index) => button({ custom_id: `b${index}` })));

export type Row = [what: string, body: object, problems: Readonly<Record<string, string>>];

/** `{ 'components.0': code }` of an answer with 50035. */
export function problemsIn(body: { code: number; errors?: object }): Record<string, string> {
  expect(body.code).toBe(50_035);
  const found: Record<string, string> = {};
  const walk = (errors: object, path: readonly string[]) => {
    for (const [key, value] of Object.entries(errors)) {
      if (key === '_errors') for (const { code } of value) found[path.join('.')] = code;
      else walk(value, [...path, key]);
    }
  };
  walk(body.errors ?? {}, []);
  return found;
}
