// Two ways to ask: as this bot does, and as BLIP-2's authors evaluated it (https://arxiv.org/abs/2301.12597, section 4;
// the numbers stand in LAVIS, lavis/projects/blip2/eval).
import {
  oneLine,
  type QuestionAndAnswer,
  renderPrompt,
  TEMPLATE_STOPS,
} from '../../conversation/template.ts';
import type { GenerationOptions, ModelInfo } from '../../models/backend.ts';

export interface Asking extends GenerationOptions {
  readonly maxNewTokens: number;
  readonly stop: readonly string[];
}

export interface Protocol {
  /** Its question has `{}` for the live one. */
  readonly questionPrompt: string;
  readonly captionPrompt: string;
  readonly question: Asking;
  readonly caption: Asking;
}

export type ProtocolName = 'bot' | 'blip2';

export const PROTOCOLS: Readonly<Record<ProtocolName, Protocol>> = {
  bot: {
    questionPrompt: renderPrompt([], '{}'),
    captionPrompt: '',
    question: { maxNewTokens: 40, stop: TEMPLATE_STOPS },
    caption: { maxNewTokens: 40, stop: TEMPLATE_STOPS },
  },
  blip2: {
    questionPrompt: 'Question: {} Short answer:',
    captionPrompt: 'a photo of',
    question: { numBeams: 5, lengthPenalty: -1, maxNewTokens: 10, minNewTokens: 1, stop: [] },
    caption: { numBeams: 5, maxNewTokens: 30, minNewTokens: 8, stop: [] },
  },
};

/** The turns before in the bot's own template, then the live question. */
export function promptOf(template: string, before: readonly QuestionAndAnswer[], question: string): string {
  const live = template.replaceAll('{}', () => oneLine(question));
  if (before.length === 0) return live;
  const past = renderPrompt(before, '').slice(0, -renderPrompt([], '').length);
  return past + live;
}

/** The newest turns that leave room for the answer. */
export function promptThatFits(
  template: string,
  { before, question }: { readonly before: readonly QuestionAndAnswer[]; readonly question: string },
  maxNewTokens: number,
  { info, countPromptTokens }: PromptRoom,
): string {
  const room = info.maxPositions - (info.answerSharesWindow ? maxNewTokens : 0);
  for (let from = 0; from < before.length; from++) {
    const prompt = promptOf(template, before.slice(from), question);
    if (countPromptTokens(prompt) <= room) return prompt;
  }
  return promptOf(template, [], question);
}

export interface PromptRoom {
  readonly info: Pick<ModelInfo, 'maxPositions' | 'answerSharesWindow'>;
  readonly countPromptTokens: (prompt: string) => number;
}
