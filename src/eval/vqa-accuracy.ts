// How right an answer is, given what people answered: https://visualqa.org/evaluation.html, and for the details
// https://github.com/GT-Vision-Lab/VQA, vqaEval.py.
import { normaliseAnswer, trimAnswer } from './vqa-answer.ts';

/**
 * An answer that three people gave is right, one that two or one gave partly. Each person is left out once, and the mean
 * taken. Where all people wrote the same, nothing is normalised.
 *
 * @param people what each of them answered, ten in VQA
 * @returns from 0 to 1
 */
export function vqaAccuracy(answer: string, people: readonly string[]): number {
  const trimmed = people.map(trimAnswer);
  const agree = new Set(trimmed).size <= 1;
  const given = agree ? trimAnswer(answer) : normaliseAnswer(trimAnswer(answer));
  const others = agree ? trimmed : trimmed.map(normaliseAnswer);
  const matches = others.filter((other) => other === given).length;
  const scores = others.map((other) => Math.min(1, (matches - (other === given ? 1 : 0)) / 3));
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** 1 where the answer is one of those, 0 where it isn't. All are normalised; LAVIS does that for GQA with the answer alone. */
export function exactAccuracy(answer: string, accepted: readonly string[]): number {
  const given = normaliseAnswer(trimAnswer(answer));
  return accepted.some((one) => normaliseAnswer(trimAnswer(one)) === given) ? 1 : 0;
}
