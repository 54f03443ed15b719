import { render, type Saying } from '../models/saying.ts';

/** A person's expected mistake, or an image that is gone. The message is the saying in English, safe to show to them. */
export class ConversationError extends Error {
  override name = 'ConversationError';
  readonly saying: Saying;

  constructor(saying: Saying, options?: ErrorOptions) {
    super(render(saying), options);
    this.saying = saying;
  }
}

/** A store that can't be opened, read or written. For whoever runs the program: the message names it and the remedy. */
export class StoreError extends Error {
  override name = 'StoreError';
}
