import { LAYOUT_FILES } from '../eval/layouts/names.ts';

const width = Math.max(...Object.keys(LAYOUT_FILES).map((name) => name.length));
const layouts = Object.entries(LAYOUT_FILES)
  .map(([name, files]) => `  ${name.padEnd(width)}  ${files}`)
  .join('\n');

/** What stands under the options of `blipcord eval`. */
export const EVAL_HELP = `
Layouts, found out by what the files hold:
${layouts}

A list of your own holds questions, captions and dialogues:
  [{"image": "owl.png", "question": "What is this?", "accepts": ["an owl", "a bird"]},
   {"image": "owl.png", "question": "Where is it?", "before": [{"question": "Is there an owl?", "answer": "yes"}],
    "answers": ["left", "on the left", "left", "left side"]},
   {"image": "owl.png", "turns": [{"question": "Is there an owl?", "accepts": ["yes"]}, {"question": "And a cat?", "accepts": ["no"]}]},
   {"image": "owl.png", "captions": ["an owl on a branch", "a bird in a tree"]}]
"accepts" are answers of which each is right; "answers" what several people said, ten as a rule, which VQA's accuracy is
made of. "id" and "kind" may stand beside; each kind gets a row. A list of one's own is asked as the bot asks, the others
as BLIP-2 was evaluated: "Question: {} Short answer:", 5 beams, length penalty -1, 10 tokens; captions "a photo of", 5
beams, 8 to 30 tokens. Intervals are a bootstrap of 1000 resamples over pictures.`;
