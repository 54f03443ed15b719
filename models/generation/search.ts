// What every way of choosing tokens is given, and what it gives.
import type { GenerateRequest } from '../backend.ts';
import type { Decoder } from '../decoder/decoder.ts';
import type { Penalties } from './penalties.ts';

export interface Search {
  readonly request: GenerateRequest;
  /** The prompt, BOS first. */
  readonly ids: readonly number[];
  /** What penalties see before the answer. */
  readonly context: readonly number[];
  readonly eosTokenIds: readonly number[];
  /** At most so many tokens, the EOS among them. */
  readonly limit: number;
  readonly penalties: Penalties;
  readonly decoder: Decoder;
  readonly decode: (ids: readonly number[]) => string;
}
