/** A person's expected mistake, or an image that is gone. The message is a sentence safe to show to them. */
export class ConversationError extends Error {
  override name = 'ConversationError';
}

/** A store that can't be opened, read or written. For whoever runs the program: the message names it and the remedy. */
export class StoreError extends Error {
  override name = 'StoreError';
}
