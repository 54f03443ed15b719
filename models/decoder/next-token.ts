// What a run says about the token that comes next in a text.

/** A token that was chosen. */
export interface Choice {
  readonly id: number;
  /** ln of its probability. */
  readonly logprob: number;
}

/**
 * The graph chooses itself, and logits don't come out unless they are wanted; `likeliestButEnd`: of the tokens that end no
 * text.
 */
export type Wanted = 'logits' | 'likeliest' | 'likeliestButEnd';

export interface NextToken {
  /** (vocabulary) */
  readonly logits?: Float32Array;
  readonly likeliest?: Choice;
}
