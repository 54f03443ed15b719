// Trouble on demand: for a test, the next requests of a kind fail as Discord's sometimes do.
import { createMiddleware } from 'hono/factory';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { pathOf, type RestEnv } from './env.ts';

export interface Fault {
  readonly method?: string;
  /** Matches the path without `/api/v10`. */
  readonly path: RegExp;
  /** Such as 500 or 502; with 429 the bot is told to come back after `retryAfterMs`. */
  readonly status: number;
  readonly retryAfterMs?: number;
  /** How many requests fail; one by default. */
  readonly times?: number;
}

export function createFaults() {
  const pending: { readonly fault: Fault; left: number }[] = [];
  const middleware = createMiddleware<RestEnv>(async (context, next) => {
    const path = pathOf(context);
    const found = pending.find(
      ({ fault, left }) =>
        left > 0 && fault.path.test(path) && (fault.method ?? context.req.method) === context.req.method,
    );
    if (found === undefined) return next();
    found.left -= 1;
    const { status, retryAfterMs = 50 } = found.fault;
    if (status !== 429) {
      return context.json({ message: `${status}: Trouble`, code: 0 }, status as ContentfulStatusCode);
    }
    const retryAfter = retryAfterMs / 1000;
    return context.json(
      { message: 'You are being rate limited.', retry_after: retryAfter, global: false, code: 0 },
      429,
      { 'Retry-After': String(Math.ceil(retryAfter)), 'X-RateLimit-Scope': 'shared' },
    );
  });
  return {
    middleware,
    add: (fault: Fault) => {
      pending.push({ fault, left: fault.times ?? 1 });
    },
  };
}

export type Faults = ReturnType<typeof createFaults>;
