// What is asked in an evaluation: questions and captions about images, and which answers are right.
import type { QuestionAndAnswer } from '../../conversation/template.ts';

export interface QuestionItem {
  readonly sort: 'question';
  readonly id: string;
  /** Where the image may lie in the folder of images; the first that is there is meant. */
  readonly images: readonly string[];
  /** Counted by itself as well. */
  readonly kind?: string | undefined;
  readonly question: string;
  /** The turns before it, about the same image. */
  readonly before: readonly QuestionAndAnswer[];
  readonly expected: ExpectedAnswers;
}

/** What several people answered, or every answer that is right by itself. */
export type ExpectedAnswers =
  | { readonly answers: readonly string[] }
  | { readonly accepts: readonly string[] };

export interface CaptionItem {
  readonly sort: 'caption';
  readonly id: string;
  readonly images: readonly string[];
  readonly kind?: string | undefined;
  readonly references: readonly string[];
}

export type Item = QuestionItem | CaptionItem;
