// One model on the hub: which files it has, with their hashes, and their bytes from any point on.
import type { ListFileEntry } from '@huggingface/hub';
import { HubError } from './hub-error.ts';
import type { ModelId } from './model-id.ts';
import { type PersistOptions, persist } from './persist.ts';
import { refusal } from './refusals.ts';

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
  const { sha: commit } = await persist(
    () => modelInfo({ ...common, ...id, additionalFields: ['sha'] }),
    options,
  );
  const entries = await persist(
    () => collect(listFiles({ ...common, repo: { type: 'model', name: id.name }, revision: commit })),
    options,
  );
  return {
    id,
    commit,
    files: entries.filter(({ type }) => type === 'file').map(remoteFile),
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
      throw new HubError(
        `${host} can't be reached (${reasonOf(error)}). Check the connection, and HF_ENDPOINT if it is set.`,
        { transient: true, cause: error },
      );
    });
    if (response.ok) return response;
    await response.body?.cancel();
    throw refusal(response, { id, endpoint, hasToken: token !== undefined });
  };
}

/** fetch says only that it failed; why stands in the cause. */
function reasonOf(error: Error): string {
  const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException;
  return code ?? message;
}

async function collect(entries: AsyncIterable<ListFileEntry>): Promise<ListFileEntry[]> {
  const all: ListFileEntry[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}

function remoteFile({ path, size, lfs, oid }: ListFileEntry): RemoteFile {
  const digest = lfs?.oid ?? oid ?? '';
  const algorithm = lfs === undefined ? 'sha1' : 'sha256';
  return { name: path, bytes: lfs?.size ?? size, hash: { algorithm, digest } };
}
