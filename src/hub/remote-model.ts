// One model on the hub: which files it has, with their hashes, and their bytes from any point on.
import { z } from 'zod';
import { HubError } from './hub-error.ts';
import type { ModelId } from './model-id.ts';
import { type PersistOptions, persist } from './persist.ts';
import { refusal, strangeAnswer } from './refusals.ts';

export interface HubAccess {
  /** `https://huggingface.co` or what speaks like it. */
  readonly endpoint: string;
  /** Sent to the endpoint and nowhere else. */
  readonly token: string | undefined;
}

export interface RemoteFile {
  /** Path in the repository. */
  readonly name: string;
  readonly bytes: number;
  /** Of large files, of the content; of small ones, git's: of `blob `, the size, a zero byte and the content. */
  readonly hash: { readonly algorithm: 'sha256' | 'sha1'; readonly digest: string };
}

export interface RemoteModel {
  readonly id: ModelId;
  /** What the revision names now. */
  readonly commit: string;
  readonly files: readonly RemoteFile[];
  /** @throws HubError */
  read(file: RemoteFile, from: number): Promise<Response>;
}

/** @throws HubError for a model or a revision that isn't there or may not be read */
export async function openRemoteModel(
  id: ModelId,
  access: HubAccess,
  options: PersistOptions,
): Promise<RemoteModel> {
  const { modelInfo, listFiles } = await import('@huggingface/hub');
  const { endpoint } = access;
  const fetch = hubFetch(id, access, options.signal);
  const common = { hubUrl: endpoint, fetch };
  const ask = <T>(question: () => Promise<T>) => persist(() => understood(question, endpoint), options);
  const { sha } = await ask(() => modelInfo({ ...common, ...id, additionalFields: ['sha'] }));
  const commit = hexDigits(sha, 40) ?? fail(strangeAnswer(endpoint, `it names no commit of ${id.name}`));
  const repo = { type: 'model', name: id.name } as const;
  const entries = await ask(() => collect(listFiles({ ...common, repo, revision: commit })));
  return {
    id,
    commit,
    files: entries.filter(({ type }) => type === 'file').map((entry) => remoteFile(entry, endpoint)),
    // The library's own downloads neither go on where they broke off nor compare hashes.
    read: (file, from) =>
      fetch(`${endpoint}/${id.name}/resolve/${commit}/${file.name}`, {
        headers: { 'Accept-Encoding': 'identity', ...(from > 0 && { Range: `bytes=${from}-` }) },
      }),
  };
}

/** `fetch` with the token for the endpoint alone, and with HubErrors for refusals and broken connections. */
function hubFetch(id: ModelId, { endpoint, token }: HubAccess, signal: AbortSignal): typeof fetch {
  const { origin, host } = new URL(endpoint);
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(init?.headers);
    if (token !== undefined && url.origin === origin) headers.set('Authorization', `Bearer ${token}`);
    // On the way to another host, the hub's CDN, fetch drops that header: https://fetch.spec.whatwg.org/#http-redirect-fetch
    const response = await fetch(url, { ...init, headers, signal }).catch((error: Error) => {
      signal.throwIfAborted();
      throw unreachable(host, error);
    });
    if (response.ok) return response;
    await response.body?.cancel();
    throw refusal(response, { id, endpoint, hasToken: token !== undefined });
  };
}

/** What the hub is asked and says in JSON. @throws HubError for an answer that is none */
async function understood<T>(ask: () => Promise<T>, endpoint: string): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof TypeError && error.cause) throw unreachable(new URL(endpoint).host, error); // in the middle of it
    const isStrange = [SyntaxError, TypeError, z.ZodError].some((kind) => error instanceof kind);
    throw isStrange ? strangeAnswer(endpoint, undefined, { cause: error }) : error;
  }
}

function unreachable(host: string, error: Error): HubError {
  return new HubError(
    `${host} can't be reached (${reasonOf(error)}). Check the connection, and HF_ENDPOINT if it is set.`,
    { transient: true, cause: error },
  );
}

/** fetch says only that it failed; why stands in the cause. */
function reasonOf(error: Error): string {
  const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException;
  return code ?? message;
}

const listed = z.object({
  type: z.string(),
  path: z.string(),
  size: z.number(),
  oid: z.string().optional(),
  lfs: z.object({ oid: z.string(), size: z.number() }).optional(),
});

async function collect(entries: AsyncIterable<unknown>): Promise<z.infer<typeof listed>[]> {
  const all = [];
  for await (const entry of entries) all.push(listed.parse(entry));
  return all;
}

/** @throws HubError for a hash that is none: files are named by it */
function remoteFile({ path, size, lfs, oid }: z.infer<typeof listed>, endpoint: string): RemoteFile {
  const digest =
    (lfs ? hexDigits(lfs.oid, 64) : hexDigits(oid, 40)) ??
    fail(strangeAnswer(endpoint, `it lists ${path} without its hash`));
  const algorithm = lfs ? 'sha256' : 'sha1';
  return { name: path, bytes: lfs?.size ?? size, hash: { algorithm, digest } };
}

function hexDigits(text: unknown, count: number): string | undefined {
  return typeof text === 'string' && text.length === count && /^[0-9a-f]+$/.test(text) ? text : undefined;
}

function fail(error: HubError): never {
  throw error;
}
