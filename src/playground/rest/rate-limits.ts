// Discord's rate limits: a bucket for each route and major parameter, and one for everything.
import { createHash } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import type { Limits, RateLimit } from '../limits.ts';
import { pathOf, type RestContext, type RestEnv } from './env.ts';

interface Bucket {
  remaining: number;
  resetAt: number;
}

const maxBuckets = 2_000;

/** Sets the X-RateLimit headers on every answer, and answers 429 when a bucket is empty. */
export function rateLimits(limits: Limits) {
  const take = createBuckets();
  return createMiddleware<RestEnv>(async (context, next) => {
    const { method } = context.req;
    const path = pathOf(context);
    const { route, key } = bucketOf(method, path);
    const rate = rateFor(limits, method, route);
    const now = Date.now();
    const isInteraction = /^\/(interactions|webhooks)\//.test(path);
    const all = isInteraction ? undefined : take('global', limits.globalRate, now);
    const own = take(key, rate, now);
    const bucketName = createHash('sha256').update(`${method} ${route}`).digest('hex').slice(0, 32);
    const headers = {
      'X-RateLimit-Limit': String(rate.requests),
      'X-RateLimit-Remaining': String(Math.max(0, own.remaining)),
      'X-RateLimit-Reset': (own.resetAt / 1000).toFixed(3),
      'X-RateLimit-Reset-After': ((own.resetAt - now) / 1000).toFixed(3),
      'X-RateLimit-Bucket': bucketName,
    };
    const exhausted = all !== undefined && all.remaining < 0 ? all : own.remaining < 0 ? own : undefined;
    if (exhausted === undefined) {
      await next();
      for (const [name, value] of Object.entries(headers)) context.header(name, value);
      return;
    }
    return tooMany(context, exhausted === all, exhausted.resetAt - now, headers);
  });
}

function tooMany(
  context: RestContext,
  isGlobal: boolean,
  waitMs: number,
  headers: Readonly<Record<string, string>>,
): Response {
  const body = {
    message: 'You are being rate limited.',
    retry_after: waitMs / 1000,
    global: isGlobal,
    code: 0,
  };
  return context.json(body, 429, {
    'Retry-After': String(Math.ceil(waitMs / 1000)),
    'X-RateLimit-Scope': isGlobal ? 'global' : 'user',
    ...(isGlobal ? { 'X-RateLimit-Global': 'true' } : headers),
  });
}

/** Takes one request from a bucket, which is refilled when its window ends. */
function createBuckets() {
  const buckets = new Map<string, Bucket>();
  return (key: string, { requests, windowMs }: RateLimit, now: number): Bucket => {
    const found = buckets.get(key);
    const isOpen = found !== undefined && found.resetAt > now;
    const bucket = isOpen ? found : { remaining: requests, resetAt: now + windowMs };
    bucket.remaining -= 1;
    buckets.delete(key);
    buckets.set(key, bucket);
    for (const oldest of buckets.keys()) {
      if (buckets.size <= maxBuckets) break;
      buckets.delete(oldest);
    }
    return bucket;
  };
}

/** Ids in a route don't matter to its bucket, except the major one: channel, guild, or webhook with token. */
function bucketOf(method: string, path: string): { readonly route: string; readonly key: string } {
  const major = /^\/(?:channels|guilds)\/\d+|^\/webhooks\/\d+\/[^/]+|^\/interactions\/\d+\/[^/]+/.exec(
    path,
  )?.[0];
  const rest = path.slice(major?.length ?? 0).replaceAll(/\/\d+/g, '/:id');
  const route = `${major?.split('/')[1] ?? ''}${rest}`;
  return { route, key: `${method} ${major ?? ''}${rest}` };
}

function rateFor(limits: Limits, method: string, route: string): RateLimit {
  const writesMessages = method !== 'GET' && /^(channels|webhooks)(\/messages.*)?$/.test(route);
  return writesMessages ? limits.messageRate : limits.routeRate;
}
