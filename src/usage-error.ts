// What the person at the keyboard got wrong: shown as it is, in one sentence, with exit code 2.

export class UsageError extends Error {
  override name = 'UsageError';
}
