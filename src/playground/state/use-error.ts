// What a person is told who wants something that can't be.

/** Safe to show. */
export class UseError extends Error {
  override name = 'UseError';
}
