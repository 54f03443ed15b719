// Fresh scenes from a seed, each with its picture and what can be asked about it.
import { type Random, seededRandom } from '../conversation/random.ts';
import type { Artist } from './paint.ts';
import { type Pair, pairsAbout, type Question, questionsAbout } from './questions.ts';
import { composeScene, type Scene } from './scene.ts';
import type { Thing } from './things.ts';

export interface SceneSource {
  readonly artist: Artist;
  readonly things: readonly Thing[];
  readonly scenes: number;
  /** Other seeds give other scenes; training draws its own. */
  readonly seed: number;
  /** Left out: scenes of one to five things. */
  readonly compose?: (random: Random, things: readonly Thing[]) => Scene;
}

export interface PaintedScene {
  readonly scene: Scene;
  /** A PNG. */
  readonly picture: Buffer;
  /** Those of the pairs are among them. */
  readonly questions: readonly Question[];
  readonly pairs: readonly Pair[];
}

export async function* paintScenes({
  artist,
  things,
  scenes,
  seed,
  compose = composeScene,
}: SceneSource): AsyncGenerator<PaintedScene> {
  const random = seededRandom(seed);
  const drawn = things
    .map((thing) => ({ ...thing, emoji: thing.emoji.filter((emoji) => artist.draws(emoji)) }))
    .filter(({ emoji }) => emoji.length > 0);
  for (let done = 0; done < scenes; done++) {
    const scene = compose(random, drawn);
    const picture = await artist.paint(scene, random);
    yield { scene, picture, questions: questionsAbout(scene, drawn, random), pairs: pairsAbout(scene) };
  }
}
