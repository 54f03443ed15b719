// VQAv2 (https://visualqa.org/download.html) and OK-VQA (https://okvqa.allenai.org/download.html): a file of questions, and
// one of what ten people answered.
import { z } from 'zod';
import { UsageError } from '../../usage-error.ts';
import type { Item } from '../items.ts';
import { cocoImages } from './coco-images.ts';
import { andOthers, fieldsOf, firstOf, type JsonFile, type Layout, readAs } from './layout.ts';

const id = z.union([z.int(), z.string()]);
const questionsFile = z.object({
  data_type: z.string().default('mscoco'),
  data_subtype: z.string(),
  questions: z.array(z.object({ question_id: id, image_id: z.int(), question: z.string() })),
});
const annotationsFile = z.object({
  data_subtype: z.string(),
  /** OK-VQA's names of what is asked about. */
  question_types: z.record(z.string(), z.string()).optional(),
  annotations: z.array(
    z.object({
      question_id: id,
      image_id: z.int(),
      question_type: z.string(),
      answer_type: z.string(),
      answers: z.array(z.object({ answer: z.string() })).min(1),
    }),
  ),
});

export const vqav2: Layout = {
  name: 'vqav2',
  protocol: 'blip2',
  fits: (files) => isVqa(files) && !isOkVqa(files),
  read: readVqa,
};

export const okvqa: Layout = {
  name: 'okvqa',
  protocol: 'blip2',
  fits: (files) => isVqa(files) && isOkVqa(files),
  read: readVqa,
};

const asksOf = ({ content }: JsonFile) => fieldsOf(firstOf(fieldsOf(content).questions));
const toldOf = ({ content }: JsonFile) => fieldsOf(firstOf(fieldsOf(content).annotations));
const holdsQuestions = (file: JsonFile) => 'question_id' in asksOf(file);
const holdsAnswers = (file: JsonFile) => 'question_id' in toldOf(file);

function isVqa(files: readonly JsonFile[]): boolean {
  return files.some((file) => holdsQuestions(file) || holdsAnswers(file));
}

function isOkVqa(files: readonly JsonFile[]): boolean {
  return files.some((file) => 'raw_answer' in fieldsOf(firstOf(toldOf(file).answers)));
}

function readVqa(files: readonly JsonFile[]): Item[] {
  const [asked, told] = [files.find(holdsQuestions), files.find(holdsAnswers)];
  if (asked === undefined || told === undefined) throw lonely(files, asked, told);
  const questions = readAs(questionsFile, asked);
  const annotations = readAs(annotationsFile, told);
  const byId = new Map(annotations.annotations.map((one) => [String(one.question_id), one]));
  checkSameSplit(asked, told, questions, byId);
  return questions.questions.map(({ question_id, image_id, question }) => {
    const { answers = [], question_type = '', answer_type } = byId.get(String(question_id)) ?? {};
    return {
      sort: 'question',
      id: String(question_id),
      images: cocoImages(questions.data_type, questions.data_subtype, image_id),
      kind: annotations.question_types?.[question_type] ?? answer_type,
      question,
      before: [],
      expected: { answers: answers.map(({ answer }) => answer) },
    };
  });
}

function lonely(files: readonly JsonFile[], asked?: JsonFile, told?: JsonFile): UsageError {
  const { path } = asked ?? told ?? {};
  if (path === undefined) {
    const paths = files.map((file) => file.path).join(' and ');
    return new UsageError(
      `${paths} ${files.length === 1 ? 'holds' : 'hold'} neither questions nor answers of VQA. Name both files: blipcord eval questions.json annotations.json.`,
    );
  }
  const [here, missing] = asked === undefined ? ['answers', 'questions'] : ['questions', 'annotations'];
  return new UsageError(
    `${path} holds ${here} alone. Name the file of ${missing} beside it: blipcord eval questions.json annotations.json.`,
  );
}

function checkSameSplit(
  asked: JsonFile,
  told: JsonFile,
  { questions }: z.infer<typeof questionsFile>,
  byId: ReadonlyMap<string, { readonly image_id: number }>,
): void {
  const remedy = 'Name the two files of one split.';
  const unanswered = questions.filter(({ question_id }) => !byId.has(String(question_id)));
  if (unanswered.length > 0) {
    const ids = andOthers(unanswered.map(({ question_id }) => question_id));
    throw new UsageError(`${told.path} has no answers to question ${ids} of ${asked.path}. ${remedy}`);
  }
  const other = questions.filter(
    ({ question_id, image_id }) => byId.get(String(question_id))?.image_id !== image_id,
  );
  if (other.length > 0) {
    const ids = andOthers(other.map(({ question_id }) => question_id));
    throw new UsageError(
      `Question ${ids} is about another image in ${told.path} than in ${asked.path}. ${remedy}`,
    );
  }
}
