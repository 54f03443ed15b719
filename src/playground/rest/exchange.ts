// Shows each request and its answer to whoever watches, after the fact.
import { createMiddleware } from 'hono/factory';
import { pathOf, type RestEnv } from './env.ts';

export interface Exchange {
  readonly method: string;
  /** Without `/api/v10` and the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The JSON body, also of a multipart form; undefined when there was none. */
  readonly request: unknown;
  readonly status: number;
  /** The JSON of the answer; undefined when it had no body. */
  readonly response: unknown;
}

export function watch(onExchange: (exchange: Exchange) => void) {
  return createMiddleware<RestEnv>(async (context, next) => {
    await next();
    const text = await context.res.clone().text();
    onExchange({
      method: context.req.method,
      path: pathOf(context),
      query: context.req.query(),
      request: context.get('body'),
      status: context.res.status,
      response: text === '' ? undefined : JSON.parse(text),
    });
  });
}
