// What the benchmark and the local Discord in its own process tell each other.

export interface Plan {
  readonly conversations: number;
  /** Questions of each that are measured; one before them is not. */
  readonly rounds: number;
  /** What the model takes for an answer, always the same. */
  readonly modelMs: number;
  /** What a person takes from an answer to the next question. */
  readonly pauseMs: number;
}

/** From Discord, first where it is, then how long answers took: from the event to the reply, in milliseconds. */
export interface Place {
  readonly api: string;
  readonly token: string;
  readonly cdnHost: string;
}

export interface Outcome {
  readonly timesMs: readonly number[];
}
