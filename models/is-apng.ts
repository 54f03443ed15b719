// Whether a PNG moves, told by its chunks alone: nothing of it is decoded.
// https://www.w3.org/TR/png-3/#apng-frame-based-animation

const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** False for what is no PNG, too. */
export function isApng(file: Uint8Array): boolean {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (!bytes.subarray(0, signature.length).equals(signature)) return false;
  // Length, type, data and checksum.
  for (let at = signature.length; at + 8 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'acTL') return true;
    if (type === 'IDAT') return false;
  }
  return false;
}
