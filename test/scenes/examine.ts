// Asks a model about many fresh scenes and counts its right answers, kind by kind.

import { confidence } from '../../conversation/answer-metadata.ts';
import { renderPrompt, TEMPLATE_STOPS } from '../../conversation/template.ts';
import type { Backend, Generation, ImageFeatures } from '../../models/backend.ts';
import { seededRandom } from '../conversation/random.ts';
import { paintScenes, type SceneSource } from './paint-scenes.ts';
import { paintPhoto, paintSheet, photoKinds } from './photo.ts';
import type { Question } from './questions.ts';
import { composeSticker } from './scene.ts';

export interface Exam extends SceneSource {
  /** Called after each scene. */
  readonly onScene?: (done: number) => void;
  /** Called after each answer that people could get: with the turns before it. */
  readonly onAnswer?: (answer: Marked) => void;
}

export interface Marked {
  readonly isRight: boolean;
  /** How sure the model was, as people are told. */
  readonly confidence: number;
}

/** Right answers and all answers of each kind. */
export type Tally = Map<string, { right: number; of: number }>;

export async function examine(backend: Backend, { onScene, onAnswer, ...source }: Exam): Promise<Tally> {
  const tally: Tally = new Map();
  let done = 0;
  for await (const { picture, questions, pairs } of paintScenes(source)) {
    const features = await backend.encodeImage(picture);
    const asks = async (question: Question) => (await mark(backend, features, question)).isRight;
    for (const question of questions) {
      const answer = await mark(backend, features, question);
      onAnswer?.(answer);
      count(tally, question.kind, answer.isRight);
      if (question.kind === 'follow-up')
        count(tally, 'the same without memory', await asks(forgetful(question)));
    }
    for (const [one, other] of pairs) {
      count(tally, 'both halves of a pair', (await asks(one)) && (await asks(other)));
      count(
        tally,
        'both halves without memory',
        (await asks(forgetful(one))) && (await asks(forgetful(other))),
      );
    }
    onScene?.(++done);
  }
  return tally;
}

/** How many things as large as their picture are named. */
export async function examineStickers(backend: Backend, source: SceneSource): Promise<Tally> {
  const tally: Tally = new Map();
  for await (const { picture, questions } of paintScenes({ ...source, compose: composeSticker })) {
    const features = await backend.encodeImage(picture);
    for (const question of questions.filter(({ kind }) => kind === 'naming one thing'))
      count(tally, 'naming a sticker', (await mark(backend, features, question)).isRight);
  }
  return tally;
}

/** How many photographs of each kind are captioned without pretending to know what they show. */
export async function examinePhotos(backend: Backend, photos: number, seed: number): Promise<Tally> {
  const random = seededRandom(seed);
  const tally: Tally = new Map();
  const captioned = async (picture: Buffer) =>
    (await say(backend, await backend.encodeImage(picture), '')).text;
  for (let done = 0; done < photos; done++) {
    const kind = photoKinds[done % photoKinds.length] ?? 'grain';
    const caption = await captioned(await paintPhoto(random, kind));
    count(tally, `can't make out: ${kind}`, caption === "a picture I can't make out");
    if (done % photoKinds.length === 0)
      count(
        tally,
        'nothing: one colour',
        (await captioned(await paintSheet(random))).startsWith('nothing on a'),
      );
  }
  return tally;
}

async function mark(backend: Backend, features: ImageFeatures, question: Question): Promise<Marked> {
  const answer = await say(backend, features, renderPrompt(question.before, question.question));
  return {
    isRight: question.accepts.includes(answer.text),
    confidence: confidence({ ...answer, answerTokens: answer.tokens.length }),
  };
}

/** Without the full stop. */
async function say(backend: Backend, features: ImageFeatures, prompt: string): Promise<Generation> {
  const tokens = backend.generate({ features, prompt, maxNewTokens: 30, stop: TEMPLATE_STOPS });
  let step = await tokens.next();
  while (!step.done) step = await tokens.next();
  return { ...step.value, text: step.value.text.replace(/[.\s]+$/, '') };
}

function forgetful(question: Question): Question {
  return { ...question, before: [] };
}

function count(tally: Tally, kind: string, right: boolean): void {
  const row = tally.get(kind) ?? { right: 0, of: 0 };
  tally.set(kind, { right: row.right + Number(right), of: row.of + 1 });
}
