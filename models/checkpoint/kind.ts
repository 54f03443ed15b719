// What a checkpoint is for: BLIP-2 comes with a language model, which answers, or with the heads that match.
import { CheckpointError } from '../errors.ts';

export type CheckpointKind = 'answers' | 'matches';

const MATCHING = 'Blip2ForImageTextRetrieval';
const ANSWERING = 'Blip2ForConditionalGeneration';
const REFUSALS: Readonly<Record<CheckpointKind, string>> = {
  answers: `This checkpoint (${ANSWERING}) answers and can't match pictures and texts; use one of ${MATCHING}, such as Salesforce/blip2-itm-vit-g.`,
  matches: `This checkpoint (${MATCHING}) matches pictures and texts and can't answer; use one of ${ANSWERING}, such as Salesforce/blip2-opt-2.7b.`,
};

/** As config.json names its class; of one that names neither, the tensors will show it. */
export function kindOf({ architectures }: Record<string, unknown>): CheckpointKind | undefined {
  const names: readonly unknown[] = Array.isArray(architectures) ? architectures : [];
  if (names.includes(MATCHING)) return 'matches';
  return names.includes(ANSWERING) ? 'answers' : undefined;
}

/** @throws CheckpointError when config.json is that of the other kind */
export function checkKind(config: Record<string, unknown>, needed: CheckpointKind): void {
  const kind = kindOf(config);
  if (kind !== undefined && kind !== needed) throw new CheckpointError(REFUSALS[kind]);
}
