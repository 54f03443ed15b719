// What a person can put right: a whole sentence with its remedy, safe to show, in the language of whoever reads it.
import { render, type Saying } from '../models/saying.ts';

/** The message is the saying in English, for the log. */
export class UserError extends Error {
  override name = 'UserError';
  readonly saying: Saying;

  constructor(saying: Saying, options?: ErrorOptions) {
    super(render(saying), options);
    this.saying = saying;
  }
}

/** A picture that will not be read at the next attempt either. */
export class UnreadableError extends UserError {
  override name = 'UnreadableError';
}
