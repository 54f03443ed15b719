// Fetches an image file: from Discord's own hosts alone, never more bytes or time than the limits allow.
import { UnreadableError, UserError } from '../../commands/errors.ts';
import { patiently } from '../../commands/patience.ts';
import { saying } from '../../commands/texts/texts.ts';
import type { Quantity } from '../../models/saying.ts';

export interface DownloadLimits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** Hosts (with their port) beside Discord's own, as the local Discord's; plain http only on this machine. */
  readonly extraHosts?: readonly string[];
}

/** Between tries, all of which share the limit on time. */
const pausesMs = [250, 750, 2_000];

/** @see patiently, which waits for such a one */
class FileServerError extends UserError {
  override name = 'FileServerError';
  readonly status: number;

  constructor(status: number) {
    super(saying('fileServerFailed', { status: String(status) }));
    this.status = status;
  }
}

/** The last two fetch for Discord what people's links lead to. */
const discordHosts = [
  'cdn.discordapp.com',
  'media.discordapp.net',
  'images-ext-1.discordapp.net',
  'images-ext-2.discordapp.net',
];

/**
 * Undefined where the link no longer serves (403 or 404), as Discord's signed links do after a while.
 * @throws UnreadableError for a file beyond the limit on bytes, UserError for one too slow or a server that fails
 */
export async function download(
  url: string,
  limits: DownloadLimits,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  checkAddress(url, limits.extraHosts ?? []);
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  const within = signal ? AbortSignal.any([timeout, signal]) : timeout;
  try {
    return await patiently(() => downloadOnce(url, limits.maxBytes, within), within, pausesMs);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof UserError) throw error;
    throw new UserError(
      error === timeout.reason
        ? saying('fileTooSlow', { limit: { amount: limits.timeoutMs / 1000, unit: 'second' } })
        : saying('fileNotFetched'),
      { cause: error },
    );
  }
}

async function downloadOnce(
  url: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const response = await fetch(url, { redirect: 'manual', signal });
  return read(response, maxBytes);
}

/** @throws UnreadableError naming both sizes */
export function checkSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new UnreadableError(
    saying('fileTooLarge', { most: inMegabytes(maxBytes, Math.floor), size: inMegabytes(bytes, Math.ceil) }),
  );
}

/** As Discord counts them, in steps of a tenth; what is smaller than one is told in bytes. */
function inMegabytes(bytes: number, round: (tenths: number) => number): Quantity {
  const tenths = (10 * bytes) / 2 ** 20;
  return tenths < 1 ? { amount: bytes, unit: 'byte' } : { amount: round(tenths) / 10, unit: 'megabyte' };
}

function checkAddress(address: string, extraHosts: readonly string[]): void {
  const url = new URL(address);
  const isDiscords = url.protocol === 'https:' && discordHosts.includes(url.host);
  const isOnThisMachine = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  const isExtra = extraHosts.includes(url.host) && (url.protocol === 'https:' || isOnThisMachine);
  if (isDiscords || isExtra) return;
  throw new UserError(saying('foreignAddress', { host: url.host }));
}

async function read(response: Response, maxBytes: number): Promise<Uint8Array | undefined> {
  if (response.status !== 200) {
    await response.body?.cancel();
    if (response.status === 403 || response.status === 404) return undefined;
    throw new FileServerError(response.status);
  }
  const declared = Number(response.headers.get('content-length') ?? 0);
  if (declared > maxBytes) await response.body?.cancel();
  checkSize(declared, maxBytes);
  return collect(response.body, maxBytes);
}

async function collect(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop by an error cancels the stream.
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      throw new UnreadableError(saying('fileTooLargeByFar', { most: inMegabytes(maxBytes, Math.floor) }));
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
