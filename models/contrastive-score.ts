// How near a text is to a picture by their embeddings alone: what a search compares one with many by.

/**
 * The cosine of the text with the picture's query that is nearest to it.
 * @param image its embeddings, (queries, width)
 */
export function contrastiveScore(
  { data, width }: { readonly data: Float32Array; readonly width: number },
  text: Float32Array,
): number {
  let best = Number.NEGATIVE_INFINITY;
  for (let start = 0; start < data.length; start += width) {
    let cosine = 0;
    for (let at = 0; at < width; at++) cosine += (data[start + at] ?? 0) * (text[at] ?? 0);
    best = Math.max(best, cosine);
  }
  return best;
}
