// What every REST route finds in its context.
import type { Context } from 'hono';
import type { Upload } from '../state/attachments.ts';
import type { World } from '../state/world.ts';

export interface RestEnv {
  Variables: {
    world: World;
    /** The JSON body, also of a multipart form; undefined without one. */
    body: unknown;
    /** By the number in `files[0]`. */
    files: ReadonlyMap<string, Upload>;
  };
}

export type RestContext = Context<RestEnv>;

/** The path without `/api/v10`. */
export function pathOf(context: Context): string {
  return context.req.path.replace(/^\/api\/v\d+/, '');
}
