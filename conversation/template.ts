// BLIP-2's chat template. The published example of its authors joins turns this way, and the model was evaluated
// with it: without the template it often answers nothing.

export interface QuestionAndAnswer {
  readonly question: string;
  readonly answer: string;
}

/** An OPT decoder goes on to ask itself the next question: an answer ends before it writes a label of its own. */
export const TEMPLATE_STOPS: readonly string[] = ['Question:', 'Answer:'];

/**
 * `Question: {q} Answer: {a}.` for each turn, joined by one space, then the live question with its answer open.
 * An answer that ends in a full stop gives two of them, as in the published example.
 */
export function renderPrompt(turns: readonly QuestionAndAnswer[], question: string): string {
  const past = turns.map((turn) => `Question: ${oneLine(turn.question)} Answer: ${oneLine(turn.answer)}.`);
  return [...past, `Question: ${oneLine(question)} Answer:`].join(' ');
}

/**
 * What a person or the model wrote, as text that stays inside its own turn: a label of the template loses its colon,
 * so that nobody can forge a turn.
 */
export function oneLine(text: string): string {
  return onlyWords(text.replace(/(question|answer)[\s:]*:/gi, '$1'));
}

/**
 * Text that holds no more than what is read in it: whitespace becomes one space (a newline is the end of text in
 * published OPT checkpoints), and a tokenizer's special token such as `</s>` or `<image>` is opened by a space.
 */
export function onlyWords(text: string): string {
  return text
    .replace(/<(?=\/?\w+>)/g, '< ')
    .replace(/\s+/g, ' ')
    .trim();
}
