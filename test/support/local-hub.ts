// A server that speaks as much of the hub's API as a pull uses, with a second one for large files, as the hub's CDN is.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export type Files = ReadonlyMap<string, Uint8Array>;

export interface HubRequest {
  readonly host: 'hub' | 'cdn';
  /** `/api/models/...`, or the file's name where one is asked for. */
  readonly path: string;
  readonly range: string | undefined;
  readonly authorization: string | undefined;
}

/** What goes wrong with one request. */
export type Fault =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly cutAfter: number }
  | { readonly stallAfter: number }
  | { readonly content: Uint8Array }
  | { readonly json: unknown }
  | { readonly ignoreRange: true };

export interface LocalHubOptions {
  /** By `owner/name`. */
  readonly models: Readonly<Record<string, Files>>;
  readonly fault?: (request: HubRequest, earlier: readonly HubRequest[]) => Fault | undefined;
}

export interface LocalHub {
  readonly endpoint: string;
  readonly requests: readonly HubRequest[];
  /** Replaces the files, under a new commit. */
  commit(model: string, files: Files): void;
  close(): Promise<void>;
}

/** Files from this size on are in LFS. */
const LARGE = 100_000;
const PAGE = 4;

export async function startLocalHub({ models, fault }: LocalHubOptions): Promise<LocalHub> {
  const repositories = new Map(Object.entries(models).map(([name, files]) => [name, [files]]));
  const newest = (name: string) => repositories.get(name)?.at(-1);
  const requests: HubRequest[] = [];
  const cdn = await listen((request, response) => {
    const { path, ...seen } = see('cdn', request);
    const [, name = '', file = ''] = /^\/(.+)\/(.+)$/.exec(path) ?? [];
    const content = newest(name)?.get(file) ?? new Uint8Array();
    note({ ...seen, path: file }, response, () => sendFile(content, request, response));
  });
  const hub = await listen((request, response) => {
    const seen = see('hub', request);
    const file = /^\/([^/]+\/[^/]+)\/resolve\/[^/]+\/(.+)$/.exec(seen.path);
    note({ ...seen, path: file?.[2] ?? seen.path }, response, () => {
      if (file?.[1] && file[2]) resolveFile(file[1], file[2], request, response);
      else answerApi(seen.path, response);
    });
  });

  function note(seen: HubRequest, response: ServerResponse, answer: () => void): void {
    const wrong = fault?.(seen, requests);
    requests.push(seen);
    if (wrong) faults.set(response, wrong);
    if (wrong && 'status' in wrong) response.writeHead(wrong.status, wrong.headers).end('no');
    else if (wrong && 'json' in wrong) sendJson(response, wrong.json);
    else answer();
  }

  function resolveFile(name: string, file: string, request: IncomingMessage, response: ServerResponse): void {
    const content = newest(name)?.get(file);
    if (!content) response.writeHead(404, { 'X-Error-Code': 'EntryNotFound' }).end();
    else if (content.length < LARGE) sendFile(content, request, response);
    else response.writeHead(302, { Location: `${addressOf(cdn)}/${name}/${file}` }).end();
  }

  function answerApi(path: string, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(path, 'http://hub');
    const [, name = '', what, revision = ''] =
      /^\/api\/models\/([^/]+\/[^/]+)\/(revision|tree)\/([^/]+)$/.exec(pathname) ?? [];
    const commits = repositories.get(name);
    if (!commits) return void response.writeHead(404, { 'X-Error-Code': 'RepoNotFound' }).end();
    const files = revision === 'main' ? newest(name) : commits.find((known) => commitOf(known) === revision);
    if (!files) {
      return void response.writeHead(404, { 'X-Error-Code': 'RevisionNotFound' }).end();
    }
    if (what === 'revision')
      return void sendJson(response, { _id: '1', id: name, sha: commitOf(files), private: false });
    const from = Number(searchParams.get('cursor') ?? 0);
    const entries = [...files].map(describeFile);
    if (from + PAGE < entries.length) {
      response.setHeader('Link', `<${addressOf(hub)}${pathname}?cursor=${from + PAGE}>; rel="next"`);
    }
    sendJson(response, entries.slice(from, from + PAGE));
  }

  return {
    endpoint: addressOf(hub),
    requests,
    commit: (model, files) => void repositories.get(model)?.push(files),
    async close() {
      for (const server of [hub, cdn]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

/** What a checkpoint's folder holds, but for what explains it to people. */
export function readFiles(folder: string): Map<string, Uint8Array> {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map(({ name }) => name).filter((name) => name !== 'README.md');
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/** What stands for a commit here: it changes with the files. */
export function commitOf(files: Files): string {
  const hash = createHash('sha1');
  for (const [name, content] of files) hash.update(name).update(content);
  return hash.digest('hex');
}

const faults = new WeakMap<ServerResponse, Fault>();

function sendFile(original: Uint8Array, { headers }: IncomingMessage, response: ServerResponse): void {
  const fault = faults.get(response) ?? { status: 200 };
  const content = 'content' in fault ? fault.content : original;
  const from = 'ignoreRange' in fault ? 0 : Number(/^bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
  if (from > 0) response.setHeader('Content-Range', `bytes ${from}-${content.length - 1}/${content.length}`);
  response.writeHead(from > 0 ? 206 : 200, { 'Content-Length': content.length - from });
  const rest = content.subarray(from);
  if ('cutAfter' in fault) response.write(rest.subarray(0, fault.cutAfter), () => response.destroy());
  else if ('stallAfter' in fault) response.write(rest.subarray(0, fault.stallAfter));
  else response.end(rest);
}

/** As the hub lists it. */
export function describeFile([path, content]: readonly [string, Uint8Array]) {
  const oid = (bytes: Uint8Array) =>
    createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  if (content.length < LARGE) return { type: 'file', path, size: content.length, oid: oid(content) };
  const pointer = Buffer.from(`pointer to ${path}`);
  const lfs = {
    oid: createHash('sha256').update(content).digest('hex'),
    size: content.length,
    pointerSize: pointer.length,
  };
  return { type: 'file', path, size: content.length, oid: oid(pointer), lfs };
}

function see(host: HubRequest['host'], { url = '', headers }: IncomingMessage): HubRequest {
  return { host, path: url, range: headers.range, authorization: headers.authorization };
}

function sendJson(response: ServerResponse, value: unknown): void {
  const fault = faults.get(response) ?? { status: 200 };
  const json = JSON.stringify(value);
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': json.length });
  if ('cutAfter' in fault) response.write(json.slice(0, fault.cutAfter), () => response.destroy());
  else response.end(json);
}

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
