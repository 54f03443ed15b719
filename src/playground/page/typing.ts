// Which keys are meant for the composer though the focus is elsewhere, as after a click into the chat.

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'defaultPrevented'>;

/** Anything that takes text or choices of its own, and what a dialog holds. */
const takesKeys = 'input, textarea, select, [contenteditable], dialog[open] *';

/**
 * A space stays where it is: it scrolls, and presses the button that has the focus.
 * @param focused the innermost element that has the focus
 */
export function isForComposer(event: Key, focused: { matches(selectors: string): boolean } | null): boolean {
  if (event.defaultPrevented || event.isComposing || focused?.matches(takesKeys)) return false;
  const isAltGraph = event.ctrlKey && event.altKey;
  if ((event.ctrlKey || event.metaKey) && !isAltGraph) return event.key.toLowerCase() === 'v';
  return (isAltGraph || !event.altKey) && event.key !== ' ' && [...event.key].length === 1;
}

/** Looks into shadow roots, too. */
export function focusedIn(root: DocumentOrShadowRoot): Element | null {
  const inner = root.activeElement?.shadowRoot;
  return inner?.activeElement ? focusedIn(inner) : root.activeElement;
}
