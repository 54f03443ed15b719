/**
 * Works on several items at a time and yields the results in the order of the items, each as soon as it and those
 * before it are there. An item is taken only when there is room for it, so that what is held is bounded.
 *
 * @param work must not reject
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  work: (item: Item) => Promise<Result>,
  atOnce: number,
): AsyncGenerator<Result, void, void> {
  const source = items[Symbol.asyncIterator]();
  const underWay: Promise<Result>[] = [];
  let next: Promise<IteratorResult<Item>> | undefined;
  let ended = false;
  try {
    while (!ended || underWay.length > 0) {
      if (!ended && underWay.length < atOnce) {
        next ??= source.next();
        const item = await earlier(next, underWay[0]);
        if (item !== undefined) {
          next = undefined;
          if (item.done) ended = true;
          else underWay.push(work(item.value));
          continue;
        }
      }
      const first = underWay.shift();
      if (first !== undefined) yield await first;
    }
  } finally {
    // Of somebody who stopped reading: what comes of these is of no interest any more.
    const ignore = () => {};
    next?.catch(ignore);
    source.return?.().catch(ignore);
  }
}

/** The item, or undefined when the result is there before it. */
function earlier<Item>(item: Promise<Item>, result: Promise<unknown> | undefined): Promise<Item | undefined> {
  return result === undefined ? item : Promise.race([result.then(() => undefined), item]);
}
