// The colour that a GIF's transparent pixels have in the palette, which decoders to RGBA lose.

const FIRST_BLOCK = 13; // after signature and logical screen descriptor
const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
const IMAGE = 0x2c;

/** Three bytes; undefined when the first frame has no transparent colour (GIF89a, sections 18-23). */
export function gifTransparentColour(file: Uint8Array): Uint8Array | undefined {
  const byte = (at: number) => file[at] ?? 0;
  const globalTable = colourTable(file, FIRST_BLOCK, byte(10));
  let index: number | undefined;
  let at = FIRST_BLOCK + globalTable.length;
  while (byte(at) === EXTENSION) {
    if (byte(at + 1) === GRAPHIC_CONTROL && (byte(at + 3) & 1) === 1) index = byte(at + 6);
    at = skipSubBlocks(file, at + 2);
  }
  if (byte(at) !== IMAGE || index === undefined) return undefined;
  const localTable = colourTable(file, at + 10, byte(at + 9));
  const table = localTable.length > 0 ? localTable : globalTable;
  const colour = table.subarray(index * 3, index * 3 + 3);
  return colour.length === 3 ? colour : undefined;
}

function colourTable(file: Uint8Array, at: number, flags: number): Uint8Array {
  const colours = (flags & 0x80) === 0 ? 0 : 2 << (flags & 7);
  return file.subarray(at, at + colours * 3);
}

function skipSubBlocks(file: Uint8Array, start: number): number {
  let at = start;
  for (let length = file[at] ?? 0; length > 0; length = file[at] ?? 0) at += length + 1;
  return at + 1;
}
