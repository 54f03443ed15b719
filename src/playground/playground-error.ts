/** The local Discord can't open. For whoever starts it: the message says what to do. */
export class PlaygroundError extends Error {
  override name = 'PlaygroundError';
}
