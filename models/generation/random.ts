// Random numbers that a seed reproduces: xoshiro128** (Blackman and Vigna 2018, https://arxiv.org/abs/1805.01407),
// whose state splitmix fills from the seed, as its authors advise.
import { randomInt } from 'node:crypto';

/** @returns numbers from 0 up to, and never, 1 in steps of 2^-53 */
export function seededRandom(seed: number = randomInt(2 ** 48 - 1)): () => number {
  const state = initialState(seed);
  return () => {
    const high = next(state) >>> 5;
    return (high * 2 ** 26 + (next(state) >>> 6)) / 2 ** 53;
  };
}

/** Four words, from both halves of the seed. */
function initialState(seed: number): Uint32Array {
  const state = new Uint32Array(4);
  let word = seed >>> 0;
  for (let at = 0; at < 4; at++) {
    if (at === 2) word ^= Math.floor(seed / 2 ** 32);
    word = (word + 0x9e3779b9) | 0;
    let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    state[at] = mixed ^ (mixed >>> 16);
  }
  return state;
}

/** 32 bits. */
function next(state: Uint32Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = state;
  const result = Math.imul(rotate(Math.imul(b, 5), 7), 9);
  const third = c ^ a;
  const fourth = d ^ b;
  state[1] = b ^ third;
  state[0] = a ^ fourth;
  state[2] = third ^ (b << 9);
  state[3] = rotate(fourth, 11);
  return result;
}

const rotate = (word: number, bits: number) => (word << bits) | (word >>> (32 - bits));
