// What is true of a scene, in the embedded checkpoint's words.
import type { PlacedThing, Scene } from './scene.ts';
import { type Thing, withArticle } from './things.ts';

export const numbers = ['zero', 'one', 'two', 'three', 'four', 'five'];
const regions = [
  ['in the top left', 'at the top', 'in the top right'],
  ['on the left', 'in the center', 'on the right'],
  ['in the bottom left', 'at the bottom', 'in the bottom right'],
];
/** Middles that lie so nearly on a diagonal are neither beside nor above one another. */
const diagonal = 0.08;
/** So many times as far away as the nearest, squared, is clearly farther. */
const farther = 1.5;
/** So many times as wide is clearly bigger. */
const bigger = 1.5;

export type Side = 'left' | 'right' | 'above' | 'below';

export function countThings({ things }: Scene): Map<Thing, number> {
  const counts = new Map<Thing, number>();
  for (const { thing } of things) counts.set(thing, (counts.get(thing) ?? 0) + 1);
  return counts;
}

/** The things that there is one of. */
export function singles(scene: Scene): PlacedThing[] {
  const counts = countThings(scene);
  return scene.things.filter(({ thing }) => counts.get(thing) === 1);
}

/** One of nine names, or undefined near a border between two. */
export function regionOf({ x, y }: { x: number; y: number }): string | undefined {
  const [column, row] = [thirdOf(x), thirdOf(y)];
  return column === undefined || row === undefined ? undefined : regions[row]?.[column];
}

function thirdOf(share: number): number | undefined {
  if (share <= 0.36) return 0;
  if (share >= 0.4 && share <= 0.6) return 1;
  return share >= 0.64 ? 2 : undefined;
}

/** What can be said of a place with yes: its region, and the sides that this lies on. */
export function namesOfPlace(place: { x: number; y: number }): string[] {
  const region = regionOf(place);
  if (region === undefined) return [];
  const sides = [regionOf({ x: place.x, y: 0.5 }), regionOf({ x: 0.5, y: place.y })];
  const isSide = (name: string | undefined) => name !== undefined && name !== 'in the center';
  return [...new Set([region, ...sides.filter(isSide)])] as string[];
}

/** Undefined near a border between two sizes. */
export function sizeOf({ size }: PlacedThing): string | undefined {
  if (size <= 0.26) return 'small';
  if (size >= 0.37 && size <= 0.44) return 'medium-sized';
  return size >= 0.65 ? 'big' : undefined;
}

export function isBigger(one: PlacedThing, other: PlacedThing): boolean {
  return one.size >= bigger * other.size;
}

/** The nearest other thing; nothing where there is none, undefined where two are about as near. */
export function nextTo(scene: Scene, me: PlacedThing): string | undefined {
  const [nearest, second] = scene.things
    .filter((other) => other !== me)
    .map((other) => ({ thing: other.thing, far: (other.x - me.x) ** 2 + (other.y - me.y) ** 2 }))
    .sort((one, other) => one.far - other.far);
  if (nearest === undefined) return 'nothing';
  if (second !== undefined && second.thing !== nearest.thing && second.far < farther * nearest.far)
    return undefined;
  return withArticle(nearest.thing);
}

/** What lies on one side of a thing, if that is one thing or nothing and no other lies on a diagonal. */
export function towards(scene: Scene, me: PlacedThing, side: Side): string | undefined {
  const hits: Thing[] = [];
  for (const other of scene.things) {
    if (other === me) continue;
    const [right, down] = [other.x - me.x, other.y - me.y];
    if (Math.abs(Math.abs(right) - Math.abs(down)) < diagonal) return undefined;
    const across = right < 0 ? 'left' : 'right';
    const along = down < 0 ? 'above' : 'below';
    if ((Math.abs(right) > Math.abs(down) ? across : along) === side) hits.push(other.thing);
  }
  const [hit] = hits;
  if (hit === undefined) return 'nothing';
  return hits.length === 1 ? withArticle(hit) : undefined;
}

/** "two owls and a cat", in any order. */
export function listings(counts: Iterable<readonly [Thing, number]>): string[] {
  const parts = [...counts].map(([thing, count]) =>
    count === 1 ? withArticle(thing) : `${numbers[count]} ${thing.plural}`,
  );
  return orders(parts).map(inWords);
}

export function bothWays(colours: readonly string[]): string[] {
  return orders(colours).map((order) => order.join(' and '));
}

function inWords(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** Every order of a few things. */
function orders<T>(things: readonly T[]): T[][] {
  if (things.length < 2) return [[...things]];
  return things.flatMap((first, index) => {
    const rest = things.filter((_, other) => other !== index);
    return orders(rest).map((order) => [first, ...order]);
  });
}
