// Every figure of Discord's that the local one keeps, in one place, so that a test can shorten a wait or lower a limit.

export interface RateLimit {
  readonly requests: number;
  readonly windowMs: number;
}

export interface Limits {
  /** An interaction that is not acknowledged within this is lost. */
  readonly acknowledgeMs: number;
  /** An interaction's token serves this long. */
  readonly interactionTokenMs: number;
  /** A signed attachment address serves this long after it was handed out. */
  readonly attachmentUrlMs: number;
  readonly heartbeatIntervalMs: number;
  /** A connection that has not identified itself within this is closed. */
  readonly identifyMs: number;
  /** A session whose connection broke can be resumed for this long. */
  readonly resumeMs: number;
  /** So many events are kept for a replay. */
  readonly replayEvents: number;
  /** What a client may send over one gateway connection. */
  readonly gatewaySends: RateLimit;
  readonly messageCharacters: number;
  readonly uploadBytes: number;
  readonly uploadFiles: number;
  /** What all attachments together may take in memory; the oldest go first. */
  readonly keptBytes: number;
  /** Messages kept in a channel; the oldest go first. */
  readonly keptMessages: number;
  /** All requests of the bot, except those to interactions. */
  readonly globalRate: RateLimit;
  /** Writing, editing and deleting messages: each its own bucket in each channel. */
  readonly messageRate: RateLimit;
  /** Every other route's bucket. */
  readonly routeRate: RateLimit;
}

export const discordLimits: Limits = {
  acknowledgeMs: 3_000,
  interactionTokenMs: 15 * 60_000,
  attachmentUrlMs: 24 * 60 * 60_000,
  heartbeatIntervalMs: 41_250,
  identifyMs: 60_000,
  resumeMs: 3 * 60_000,
  replayEvents: 1_000,
  gatewaySends: { requests: 120, windowMs: 60_000 },
  messageCharacters: 2_000,
  uploadBytes: 10 * 1024 * 1024,
  uploadFiles: 10,
  keptBytes: 256 * 1024 * 1024,
  keptMessages: 1_000,
  globalRate: { requests: 50, windowMs: 1_000 },
  messageRate: { requests: 5, windowMs: 5_000 },
  routeRate: { requests: 20, windowMs: 5_000 },
};

/** The largest body that is read: all the files that may be in it, and a mebibyte for the rest of the form. */
export function maxBodyBytes({ uploadBytes, uploadFiles }: Limits): number {
  return uploadBytes * uploadFiles + 1024 * 1024;
}
