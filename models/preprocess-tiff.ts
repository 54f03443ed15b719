// What a TIFF says about its colours: libvips takes YCbCr samples for RGB without a word.

const COMPRESSION = 259;
const COLOURS = 262;
const JPEG = 7;
const NAMES: Readonly<Record<number, string>> = { 6: 'YCbCr', 8: 'CIELAB', 9: 'CIELAB', 10: 'CIELAB' };

/**
 * The name of the first picture's colour space where no decoder here gives RGB. JPEG within TIFF is YCbCr as a rule,
 * and its decoder does.
 */
export function tiffStrangeColours(file: Uint8Array): string | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  try {
    const tags = firstDirectory(view, view.getUint16(0) === 0x4949);
    return tags.get(COMPRESSION) === JPEG ? undefined : NAMES[tags.get(COLOURS) ?? 0];
  } catch (error) {
    if (error instanceof RangeError) return undefined; // it ends too early, which its decoder will say
    throw error;
  }
}

/**
 * The tags whose value is one 16-bit number. TIFF 6.0, section 2; BigTIFF has the same with wider counts and offsets.
 *
 * @param little whether the bytes of a number begin with the lowest
 */
function firstDirectory(view: DataView, little: boolean): ReadonlyMap<number, number> {
  const isBig = view.getUint16(2, little) === 43;
  const wide = (at: number) => Number(view.getBigUint64(at, little));
  const start = isBig ? wide(8) : view.getUint32(4, little);
  const count = isBig ? wide(start) : view.getUint16(start, little);
  const [head, entry, value] = isBig ? [8, 20, 12] : [2, 12, 8];
  const tags = new Map<number, number>();
  for (let index = 0; index < count; index++) {
    const at = start + head + index * entry;
    tags.set(view.getUint16(at, little), view.getUint16(at + value, little));
  }
  return tags;
}
