// Where something that opens beside a click stands, so that all of it is on the page.

const marginPx = 8;

/** @returns the nearest place to the wanted one, in pixels from the left or the top */
export function placeWithin(wantedPx: number, sizePx: number, roomPx: number): number {
  return Math.max(marginPx, Math.min(wantedPx, roomPx - sizePx - marginPx));
}
