// How large a picture is shown among the messages.

const maxWidthPx = 400;
const maxHeightPx = 300;
/** The longer side of a picture is shown at least so long, and the shorter one at least so long that it can be hit. */
const minLongerPx = 64;
const minShorterPx = 24;

export interface ShownSize {
  readonly width: number;
  readonly height: number;
  readonly isEnlarged: boolean;
}

/**
 * Inside the bounds, and enlarged only when it could hardly be seen. A very narrow picture gets more room than it fills.
 * @param width in pixels, as `height`; undefined or 0 when not known
 */
export function shownSize(width = 0, height = 0): ShownSize | undefined {
  if (width === 0 || height === 0) return undefined;
  const largest = Math.min(maxWidthPx / width, maxHeightPx / height);
  const scale = Math.min(largest, Math.max(1, minLongerPx / Math.max(width, height)));
  const side = (length: number) => Math.max(minShorterPx, Math.round(length * scale));
  return { width: side(width), height: side(height), isEnlarged: scale > 1 };
}
