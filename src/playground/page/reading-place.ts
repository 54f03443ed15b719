// Keeps what a person reads where it stands while messages come and go above it.

interface Held {
  readonly message: Element;
  /** Where its upper edge is, in pixels below the scroller's. */
  readonly topPx: number;
}

export class ReadingPlace {
  #held: Held | undefined;

  /** Notes which message is the first in view. @param messages from top to bottom */
  note(scroller: Element, messages: readonly Element[]): void {
    const { top } = scroller.getBoundingClientRect();
    const message = messages[firstBelow(top, messages)];
    this.#held = message && { message, topPx: message.getBoundingClientRect().top - top };
  }

  /** Scrolls so that the noted message stands where it stood. */
  restore(scroller: Element): void {
    if (!this.#held?.message.isConnected) return;
    const { message, topPx } = this.#held;
    const moved = message.getBoundingClientRect().top - scroller.getBoundingClientRect().top - topPx;
    if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
  }
}

/** Index of the first one that ends below a line: found by halves, since each look makes the browser lay out. */
function firstBelow(linePx: number, messages: readonly Element[]): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle]?.getBoundingClientRect().bottom ?? 0) > linePx) high = middle;
    else low = middle + 1;
  }
  return low;
}
