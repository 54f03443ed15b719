// What ours.mjs and reference.py can be told to do, and what they answer.

import type { DeviceChoice, WeightChoice } from '../../models/backend.ts';

export type Request =
  | {
      readonly do: 'load';
      readonly model: string;
      readonly threads: number;
      /** Of the reference. */
      readonly attention?: string;
      readonly dtype?: 'f32' | 'bf16';
      /** Default `cpu`; `gpu` is of the reference alone, the first that it finds. */
      readonly device?: DeviceChoice | 'gpu';
      /** Of ours. */
      readonly weights?: WeightChoice;
    }
  /** From an image file to the rows that stand for it, which `proceed` then goes on from. */
  | { readonly do: 'encode'; readonly image: string }
  /** A caption, where the prompt is empty, or a turn of a conversation about the image. */
  | { readonly do: 'answer'; readonly image: string; readonly prompt: string; readonly newTokens: number }
  /** All prompts at once, about the image that was encoded last; `unseen`: nothing that was read before is of use. */
  | {
      readonly do: 'proceed';
      readonly prompts: readonly string[];
      readonly newTokens: number;
      readonly unseen?: boolean;
    };

export interface Outcome {
  readonly ms: number;
  /** Of loading: what it runs on, in words. */
  readonly where?: string;
  /** Of each prompt. */
  readonly tokens?: readonly (readonly number[])[];
  readonly text?: string;
  readonly promptTokens?: number;
  /** From the first token to the last. */
  readonly decodeMs?: number;
}
