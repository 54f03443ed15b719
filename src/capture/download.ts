// Fetches an image file: from Discord's own hosts alone, never more bytes or time than the limits allow.
import { UnreadableError, UserError } from '../../commands/errors.ts';
import { patiently } from '../../commands/patience.ts';

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
    super(`Discord's file server answered ${status} for the picture. Try again in a moment.`);
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
        ? `The picture did not arrive within ${limits.timeoutMs} ms. Try again, or post a smaller copy.`
        : "The picture couldn't be fetched from Discord. Try again in a moment.",
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
    `Expected an image of at most ${maxBytes} bytes, got ${bytes}. Post a smaller copy.`,
  );
}

function checkAddress(address: string, extraHosts: readonly string[]): void {
  const url = new URL(address);
  const isDiscords = url.protocol === 'https:' && discordHosts.includes(url.host);
  const isOnThisMachine = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  const isExtra = extraHosts.includes(url.host) && (url.protocol === 'https:' || isOnThisMachine);
  if (isDiscords || isExtra) return;
  throw new UserError(`I only fetch pictures from Discord itself, not from ${url.host}. Upload it here.`);
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
      throw new UnreadableError(
        `Expected an image of at most ${maxBytes} bytes, got more. Post a smaller copy.`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
