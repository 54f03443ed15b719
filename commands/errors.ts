// What a person can put right: the text is a whole sentence with its remedy, and safe to show.

export class UserError extends Error {
  override name = 'UserError';
}

/** A picture that will not be read at the next attempt either. */
export class UnreadableError extends UserError {
  override name = 'UnreadableError';
}
