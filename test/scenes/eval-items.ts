// A painted scene as entries of a list that `blipcord eval` reads.
import type { PaintedScene } from './paint-scenes.ts';
import { withArticle } from './things.ts';

/** The captions of a scene name its things in some order: of five there are 120. */
const MOST_ORDERS = 6;

/** @param image the picture's file, which also names the entries */
export function evalItems({ questions }: PaintedScene, image: string) {
  const about = questions.map(({ kind, question, accepts, before }, index) => ({
    id: `${image} ${index + 1}`,
    image,
    kind,
    question,
    accepts,
    ...(before.length > 0 && { before }),
  }));
  const names = about.find(({ kind }) => kind.startsWith('naming'))?.accepts ?? [];
  const backgrounds = about.find(({ kind }) => kind === 'background')?.accepts ?? [];
  const captions = names
    .slice(0, MOST_ORDERS)
    .flatMap((things) =>
      backgrounds.map((colour) => `${things} on ${withArticle({ name: `${colour} background` })}`),
    );
  return [...about, { id: `${image} caption`, image, captions }];
}
