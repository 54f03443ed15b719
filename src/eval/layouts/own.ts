// The form that anybody can write: a list of questions, captions and dialogues.
import { z } from 'zod';
import type { QuestionAndAnswer } from '../../../conversation/template.ts';
import type { ExpectedAnswers, Item } from '../items.ts';
import { type JsonFile, type Layout, readAs } from './layout.ts';

/** With fewer, no answer could be entirely right when one of them is left out. */
const LEAST_PEOPLE = 4;

const text = z.string({ error: 'Use a text' }).min(1, { error: "Use a text that isn't empty" });
const texts = z.array(text, { error: 'Use a list of texts' }).min(1, { error: 'Name at least one' });
const expected = {
  answers: texts
    .min(LEAST_PEOPLE, { error: `Name what at least ${LEAST_PEOPLE} people answered, or use "accepts"` })
    .optional(),
  accepts: texts.optional(),
};
const image = { id: z.union([text, z.int()]).optional(), image: text, kind: text.optional() };
const oneOfBoth = [
  (entry: { answers?: unknown; accepts?: unknown }) =>
    (entry.answers === undefined) !== (entry.accepts === undefined),
  { error: 'Name either "answers" or "accepts"' },
] as const;
const question = z
  .strictObject({
    ...image,
    question: text,
    ...expected,
    before: z.array(z.strictObject({ question: text, answer: text })).default([]),
  })
  .refine(...oneOfBoth);
const caption = z.strictObject({ ...image, captions: texts });
const turn = z.strictObject({ question: text, kind: text.optional(), ...expected }).refine(...oneOfBoth);
const dialogue = z.strictObject({
  ...image,
  turns: z.array(turn).min(1, { error: 'Name at least one turn' }),
});
const file = z.array(z.unknown()).min(1, { error: 'The list is empty' });

type Dialogue = z.infer<typeof dialogue>;

export const own: Layout = {
  name: 'own',
  protocol: 'bot',
  fits: ([first]) => Array.isArray(first?.content),
  read: ([first]) => (first === undefined ? [] : readOwn(first)),
};

function readOwn({ path, content }: JsonFile): Item[] {
  return readAs(file, { path, content }).flatMap((entry, index) => {
    const at = { path: `${path}, entry ${index + 1}`, content: entry };
    const fields = Object.keys(Object(entry));
    if (fields.includes('captions')) {
      const { captions: references, ...one } = readAs(caption, at);
      return [{ sort: 'caption', ...placed(one, index), references } satisfies Item];
    }
    if (fields.includes('turns')) return turnsOf(readAs(dialogue, at), index);
    const { question: asked, before, ...one } = readAs(question, at);
    return [
      {
        sort: 'question',
        ...placed(one, index),
        question: asked,
        before,
        expected: expectedOf(one),
      } satisfies Item,
    ];
  });
}

/** Each turn with those before it, answered as they should have been. */
function turnsOf({ turns, ...one }: Dialogue, index: number): Item[] {
  const { id, images, kind } = placed(one, index);
  const before: QuestionAndAnswer[] = [];
  return turns.map((asked, at) => {
    const answers = expectedOf(asked);
    const item = {
      sort: 'question',
      id: `${id}/${at + 1}`,
      images,
      kind: asked.kind ?? kind,
      question: asked.question,
      before: [...before],
      expected: answers,
    } satisfies Item;
    before.push({ question: asked.question, answer: usualAnswer(answers) });
    return item;
  });
}

function placed({ id, image, kind }: Pick<Dialogue, 'id' | 'image' | 'kind'>, index: number) {
  return { id: String(id ?? index + 1), images: [image], ...(kind !== undefined && { kind }) };
}

function expectedOf({
  answers,
  accepts = [],
}: {
  answers?: string[] | undefined;
  accepts?: string[] | undefined;
}): ExpectedAnswers {
  return answers === undefined ? { accepts } : { answers };
}

/** What most people said, or the first that is accepted. */
function usualAnswer(expected: ExpectedAnswers): string {
  if ('accepts' in expected) return expected.accepts[0] ?? '';
  const counts = new Map<string, number>();
  for (const answer of expected.answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return [...counts].reduce((most, next) => (next[1] > most[1] ? next : most))[0];
}
