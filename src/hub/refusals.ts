// What the hub's refusals mean, as sentences with their remedies.
import { HubError, type HubErrorOptions } from './hub-error.ts';
import { formatModelId, type ModelId } from './model-id.ts';

export interface RefusalContext {
  readonly id: ModelId;
  /** `https://huggingface.co` */
  readonly endpoint: string;
  readonly hasToken: boolean;
}

const BUSY = new Set([408, 429, 500, 502, 503, 504]);
const TOKENS = 'https://huggingface.co/settings/tokens';

/** @param response one whose status is not of the 200s */
export function refusal(response: Response, context: RefusalContext): HubError {
  const { status, headers } = response;
  const { host } = new URL(context.endpoint);
  if (BUSY.has(status)) {
    const why = status === 429 ? 'says that it gets too many requests' : 'is out of order';
    return new HubError(`${host} ${why} (status ${status}). Try again later: what has come is kept.`, {
      transient: true,
      retryAfterMs: retryAfter(headers),
    });
  }
  return new HubError(explain(status, headers.get('x-error-code'), { ...context, host }), { status });
}

/** The mistake may be on the way: networks that want a sign-in first answer in place of the hub. */
export function strangeAnswer(endpoint: string, why?: string, options?: HubErrorOptions): HubError {
  const { host } = new URL(endpoint);
  return new HubError(
    `${host} doesn't answer as a hub of models does${why ? `: ${why}` : ''}. Check HF_ENDPOINT if it is set, and whether this network wants you to sign in.`,
    options,
  );
}

// The hub's own codes: https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/utils/_http.py
function explain(status: number, code: string | null, context: RefusalContext & { host: string }): string {
  const { id, endpoint, hasToken, host } = context;
  const page = `${endpoint}/${id.name}`;
  if (code === 'GatedRepo') {
    return hasToken
      ? `${id.name} is gated, and the account of HF_TOKEN may not read it. Accept its licence at ${page}, with that account.`
      : `${id.name} is gated. Accept its licence at ${page}, then set HF_TOKEN to a token of that account (${TOKENS}).`;
  }
  if (code === 'RevisionNotFound') {
    return `${id.name} has no revision "${id.revision}". See which there are at ${page}/tree/main.`;
  }
  if (code === 'EntryNotFound') return `${formatModelId(id)} lacks a file that it lists. Try again later.`;
  if (status === 401 && hasToken && code !== 'RepoNotFound') {
    return `${host} doesn't know HF_TOKEN. Set one from ${TOKENS}, or none for a public model.`;
  }
  if (status === 404 || status === 401 || code === 'RepoNotFound') {
    const remedy = hasToken ? 'Let the account of HF_TOKEN read it' : 'Set HF_TOKEN';
    return `${host} shows no model ${id.name}. Check the name. ${remedy} if the model is private.`;
  }
  if (status === 403) return `${host} doesn't let HF_TOKEN read ${id.name}. Give the token that permission.`;
  return `${host} answered with status ${status} for ${formatModelId(id)}. See ${page}.`;
}

/** Seconds or a date in Retry-After; else what is left of the window, as in `RateLimit: "resolvers";r=0;t=42`. */
function retryAfter(headers: Headers): number | undefined {
  const wanted = headers.get('retry-after') ?? /\bt=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1];
  if (wanted === undefined) return undefined;
  if (/^\d+$/.test(wanted)) return Number(wanted) * 1000;
  const until = Date.parse(wanted) - Date.now();
  return Number.isNaN(until) ? undefined : Math.max(0, until);
}
