// Holds everything that passes between the bot and the local Discord against Discord's published schema.
import { z } from 'zod';
import type { Validator } from '../../src/playground/playground.ts';
import type { Exchange } from '../../src/playground/rest/exchange.ts';
import { findOperation, schemaNamed } from './discord-openapi.ts';

export interface OpenApiValidator extends Validator {
  /** One sentence for each request, answer or event that the schema does not know. */
  readonly mismatches: readonly string[];
  /** How much was checked. */
  readonly checked: { readonly exchanges: number; readonly dispatches: number };
}

export function createOpenApiValidator(): OpenApiValidator {
  const mismatches: string[] = [];
  const checked = { exchanges: 0, dispatches: 0 };
  return {
    mismatches,
    checked,
    exchange(exchange) {
      checked.exchanges += 1;
      for (const problem of problemsOf(exchange)) {
        mismatches.push(`${exchange.method} ${exchange.path}: ${problem}`);
      }
    },
    dispatch(name, data) {
      const rule = eventRules[name];
      if (rule === undefined) return;
      checked.dispatches += 1;
      const { schema, beyond } = rule;
      const problem = problemWith([schemaNamed(schema)], without(withRepliesAlone(data), beyond));
      if (problem !== undefined) mismatches.push(`event ${name}: ${problem}`);
    },
  };
}

/** Fields that discord.js itself adds to requests, and that Discord ignores. */
const sentByTheLibrary = /^((data\.)?(tts|enforce_nonce)|type)$/;

/** Events carry the same objects as REST, and some fields beyond. */
const eventRules: Readonly<Record<string, { readonly schema: string; readonly beyond: readonly string[] }>> =
  {
    MESSAGE_CREATE: { schema: 'MessageResponse', beyond: ['channel_type', 'guild_id', 'member'] },
    MESSAGE_UPDATE: { schema: 'MessageResponse', beyond: ['channel_type', 'guild_id', 'member'] },
    THREAD_CREATE: { schema: 'ThreadResponse', beyond: ['newly_created'] },
    THREAD_UPDATE: { schema: 'ThreadResponse', beyond: [] },
    CHANNEL_CREATE: { schema: 'GuildChannelResponse', beyond: [] },
    CHANNEL_UPDATE: { schema: 'GuildChannelResponse', beyond: [] },
    GUILD_MEMBER_ADD: { schema: 'GuildMemberResponse', beyond: ['guild_id'] },
    GUILD_CREATE: {
      schema: 'GuildResponse',
      beyond: [
        ...[
          'joined_at',
          'large',
          'unavailable',
          'member_count',
          'members',
          'channels',
          'threads',
          'presences',
        ],
        ...['voice_states', 'stage_instances', 'guild_scheduled_events', 'soundboard_sounds'],
      ],
    },
  };

function* problemsOf({ method, path, query, request, status, response }: Exchange): Generator<string> {
  if (status >= 500) return; // trouble that a test asked for
  const operation = findOperation(method, decodeURIComponent(path));
  if (operation === undefined) {
    yield 'Discord has no such route';
    return;
  }
  const strangers = Object.keys(query).filter((name) => !operation.query.includes(name));
  if (strangers.length > 0)
    yield `the query has ${strangers.join(', ')}, of which ${operation.template} knows nothing`;
  const isRefused = status >= 400;
  if (request !== undefined && !isRefused) {
    const problem =
      operation.request.length === 0
        ? undefined
        : problemWith(operation.request, withNumberedPermissions(request), sentByTheLibrary);
    if (problem !== undefined) yield `the request ${problem}`;
  }
  const schemas =
    operation.responses.get(String(status)) ?? operation.responses.get(`${String(status)[0]}XX`);
  if (schemas === undefined)
    yield `the answer has the status ${status}, which ${operation.template} does not give`;
  else if (schemas.length > 0) {
    const problem = problemWith(
      schemas,
      isRefused ? withNumberedErrors(response) : withRepliesAlone(response),
    );
    if (problem !== undefined) yield `the answer ${problem}`;
  } else if (response !== undefined) yield `the answer has a body with the status ${status}`;
}

/** The document wants a number, Discord's documentation and its libraries a text of digits; Discord takes both. */
function withNumberedPermissions(request: unknown): unknown {
  return JSON.parse(JSON.stringify(request), (key, value: unknown) =>
    key === 'default_member_permissions' && typeof value === 'string' ? Number(value) : value,
  );
}

/** Discord's document says that form errors have numbers for codes; Discord sends names, as in BASE_TYPE_REQUIRED. */
function withNumberedErrors(response: unknown): unknown {
  return JSON.parse(JSON.stringify(response), (key, value: unknown) =>
    key === 'code' && typeof value === 'string' ? 0 : value,
  );
}

/** The document knows a message's reference as that of a reply (0) alone; a forward's is 1, says the documentation. */
function withRepliesAlone(message: unknown): unknown {
  return JSON.parse(JSON.stringify(message ?? null), (key, value) =>
    key === 'message_reference' ? { ...value, type: 0 } : value,
  );
}

/** Undefined when one of the schemas fits and knows every field. */
function problemWith(
  schemas: readonly z.core.$ZodType[],
  value: unknown,
  ignored?: RegExp,
): string | undefined {
  const problems = schemas.map((schema) => {
    const result = z.safeParse(schema, value);
    if (!result.success) return z.prettifyError(result.error).replaceAll(/\s+/g, ' ');
    const unknown = unknownFields(value, result.data).filter((field) => !ignored?.test(field));
    return unknown.length === 0
      ? undefined
      : `has fields that the schema does not know: ${unknown.join(', ')}`;
  });
  return problems.includes(undefined) ? undefined : problems.join(' / ');
}

/** Zod drops the fields that a schema does not name, so what is missing from its output is unknown. */
function unknownFields(given: unknown, parsed: unknown, path = ''): string[] {
  if (typeof given !== 'object' || given === null || typeof parsed !== 'object' || parsed === null) return [];
  return Object.entries(given).flatMap(([key, value]) => {
    const here = path === '' ? key : `${path}.${key}`;
    return key in parsed ? unknownFields(value, (parsed as Record<string, unknown>)[key], here) : [here];
  });
}

function without(data: unknown, fields: readonly string[]): unknown {
  return Object.fromEntries(Object.entries(data as object).filter(([key]) => !fields.includes(key)));
}
