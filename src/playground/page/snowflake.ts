// Discord's ids are decimal 64-bit numbers that begin with their time of birth.

/** Orders ids by age, for Array.sort. */
export function compareSnowflakes(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
