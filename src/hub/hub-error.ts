export interface HubErrorOptions extends ErrorOptions {
  /** To try again may help: the hub is busy, or the connection broke. */
  readonly transient?: boolean;
  /** What the hub answered with. */
  readonly status?: number;
  /** How long the hub asks to be left alone. */
  readonly retryAfterMs?: number | undefined;
}

/** A model can't be fetched: the message says why and what to do. */
export class HubError extends Error {
  override name = 'HubError';
  readonly transient: boolean;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    { transient = false, status, retryAfterMs, ...options }: HubErrorOptions = {},
  ) {
    super(message, options);
    this.transient = transient;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}
