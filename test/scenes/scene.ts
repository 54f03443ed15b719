// Scenes from a seed: which things lie where, on which background. Lengths are shares of the picture's side.
import type { Random } from '../conversation/random.ts';
import { colours } from './colours.ts';
import type { Thing } from './things.ts';

export interface PlacedThing {
  readonly thing: Thing;
  /** Which of the thing's emoji is drawn. */
  readonly emoji: string;
  /** The middle. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

export interface Scene {
  readonly things: readonly PlacedThing[];
  /** One colour, or two that share the picture. */
  readonly background: readonly string[];
  /** Of two colours: the first lies above the second rather than left of it. */
  readonly stacked: boolean;
}

/** Of one thing; of several none takes the room of the others. */
const sizes = { least: 0.22, most: 0.8, mostOfSeveral: 0.6 };
const numbers = [1, 1, 1, 2, 2, 2, 3, 3, 4, 5];
/** Two middles are at least so far apart. */
const apart = 0.25;

export function composeScene(random: Random, things: readonly Thing[]): Scene {
  const background = pickDistinct(random, colours, random.below(10) < 3 ? 2 : 1);
  const stacked = random.below(10) < 3;
  const picked = pickThings(random, things);
  for (;;) {
    const placed = arrange(random, picked, { things: [], background, stacked });
    if (placed !== undefined) return { things: placed, background, stacked };
  }
}

/** One thing from edge to edge, mostly on white, as a sticker or a server's emoji is seen. */
export function composeSticker(random: Random, things: readonly Thing[]): Scene {
  const thing = random.pick(things);
  const background = [random.below(4) > 0 ? 'white' : random.pick(colours)];
  const placed = { thing, emoji: pickEmoji(random, thing), x: 0.5, y: 0.5, size: 1 };
  return { things: [placed], background, stacked: false };
}

/** Each of a size of its own, or undefined where one found no room. */
function arrange(random: Random, picked: readonly Thing[], empty: Scene): PlacedThing[] | undefined {
  const things: PlacedThing[] = [];
  for (const thing of picked) {
    const most = picked.length === 1 ? sizes.most : sizes.mostOfSeveral;
    const placed = place(random, { ...empty, things }, thing, most);
    if (placed === undefined) return undefined;
    things.push(placed);
  }
  return things;
}

/** What lies behind a point. */
export function colourAt({ background, stacked }: Scene, { x, y }: { x: number; y: number }): string {
  const second = (stacked ? y : x) >= 0.5 ? background[1] : undefined;
  return second ?? background[0] ?? '';
}

/** Often several of one thing. */
function pickThings(random: Random, things: readonly Thing[]): Thing[] {
  const picked = pickDistinct(random, things, random.pick(numbers));
  const [first] = picked;
  if (picked.length === 1 || first === undefined || random.below(100) >= 45) return picked;
  const same = 2 + random.below(picked.length - 1);
  return [...Array.from({ length: same }, () => first), ...picked.slice(same)];
}

function pickDistinct<T>(random: Random, choices: readonly T[], count: number): T[] {
  const picked = new Set<T>();
  while (picked.size < count) picked.add(random.pick(choices));
  return [...picked];
}

function place(random: Random, scene: Scene, thing: Thing, most: number): PlacedThing | undefined {
  const wanted = sizes.least + unit(random) * (most - sizes.least);
  for (let attempt = 0; attempt < 200; attempt++) {
    const size = wanted - ((wanted - sizes.least) * attempt) / 200;
    const placed = {
      thing,
      emoji: pickEmoji(random, thing),
      x: size / 2 + unit(random) * (1 - size),
      y: size / 2 + unit(random) * (1 - size),
      size,
    };
    if (fits(scene, placed)) return placed;
  }
  return undefined;
}

/** Mostly the most usual. */
function pickEmoji(random: Random, { emoji }: Thing): string {
  return random.below(10) < 7 ? (emoji[0] ?? '') : random.pick(emoji);
}

function fits(scene: Scene, { x, y, size }: PlacedThing): boolean {
  const fromBorder = Math.abs((scene.stacked ? y : x) - 0.5);
  if (scene.background.length > 1 && fromBorder < Math.min(size * 0.42, 0.11)) return false;
  return scene.things.every((other) => {
    const distance = Math.max(Math.abs(x - other.x), Math.abs(y - other.y));
    return distance >= Math.max(apart, (size + other.size) / 2);
  });
}

function unit(random: Random): number {
  return random.below(2 ** 30) / 2 ** 30;
}
