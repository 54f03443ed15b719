// Discord's published OpenAPI document as the package discord-api-spec carries it: which routes there are, and for
// each the schemas of its request and of its answers. The routes stand in the package's type file, whose generated
// form is regular enough to be read line by line; the schemas are its Zod objects.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as schemas from 'discord-api-spec/zod';
import { z } from 'zod';

const routesFile = 'discord-api-spec/build/discord-api-spec.ts';

export interface Operation {
  /** As in `/channels/{channel_id}/messages`. */
  readonly template: string;
  readonly query: readonly string[];
  /** Alternatives, of which one must fit; none where the route takes no body. */
  readonly request: readonly z.core.$ZodType[];
  /** By status, as in `200` or `4XX`; no alternatives where there is no body. */
  readonly responses: ReadonlyMap<string, readonly z.core.$ZodType[]>;
}

interface Route {
  readonly template: string;
  readonly pattern: RegExp;
  readonly methods: ReadonlyMap<string, string>;
}

/** Finds the operation for a method and a path without `/api/v10`; undefined when Discord has none. */
export function findOperation(method: string, path: string): Operation | undefined {
  const route = routes().find(({ pattern }) => pattern.test(path));
  const source = route?.methods.get(method.toLowerCase());
  return route === undefined || source === undefined ? undefined : readOperation(route.template, source);
}

/** @throws Error when the document has no such schema */
export function schemaNamed(name: string): z.core.$ZodType {
  const found = (schemas as Record<string, unknown>)[`${name}Schema`];
  if (found === undefined) throw new Error(`discord-api-spec has no schema ${name}.`);
  return found as z.core.$ZodType;
}

let cachedRoutes: readonly Route[] | undefined;

function routes(): readonly Route[] {
  cachedRoutes ??= readRoutes();
  return cachedRoutes;
}

function readRoutes(): readonly Route[] {
  const source = readFileSync(join(import.meta.dirname, '../../node_modules', routesFile), 'utf8');
  const start = source.indexOf('export interface Paths {');
  const paths = source.slice(start, source.indexOf('\n}\n', start));
  const found = [...paths.matchAll(/\n {2}"(\/[^"]+)": \{\n([\s\S]*?)\n {2}\};/g)].map(
    ([, template = '', body = '']) => ({
      template,
      pattern: new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      methods: new Map(
        [...body.matchAll(/^ {4}(\w+): \{\n([\s\S]*?)\n {4}\};/gm)].map(([, method = '', rest = '']) => [
          method,
          rest,
        ]),
      ),
    }),
  );
  // A literal segment such as `@me` wins over a parameter.
  return found.sort((a, b) => parameters(a.template) - parameters(b.template));
}

function parameters(template: string): number {
  return template.split('{').length;
}

function readOperation(template: string, source: string): Operation {
  const query = /query\?: \{\n([\s\S]*?)\n {8}\}/.exec(source)?.[1] ?? '';
  const request = /requestBody\?:([\s\S]*?);\n {6}responses/.exec(source)?.[1] ?? 'undefined';
  const answers = /responses: \{\n([\s\S]*?)\n {6}\};/.exec(source)?.[1] ?? '';
  return {
    template,
    query: [...query.matchAll(/^ {10}"?(\w+)"?\??:/gm)].flatMap(([, name]) => name ?? []),
    request: readType(request),
    responses: new Map(
      [...answers.matchAll(/^ {8}"(\w+)":([\s\S]*?);(?=\n {8}\S|$(?![\s\S]))/gm)].map(
        ([, status = '', type = '']) => [status, readType(type)],
      ),
    ),
  };
}

/** Reads `A | B[] | null`; what is more than that is taken as anything. */
function readType(source: string): readonly z.core.$ZodType[] {
  return source
    .split('|')
    .map((part) => part.trim())
    .filter((part) => !['', 'undefined', 'unknown', 'null'].includes(part))
    .map((part) => {
      const [, name, list] = /^(\w+)(\[\])?$/.exec(part) ?? [];
      if (name === undefined) return z.unknown();
      const schema = schemaNamed(name);
      return list === undefined ? schema : z.array(schema as z.ZodType);
    });
}
