// Width and height from the first bytes of the image files that people post, for an attachment's `width` and
// `height`. Anything else has none, as at Discord.

export interface Size {
  readonly width: number;
  readonly height: number;
}

interface Format {
  readonly contentType: string;
  readonly matches: (bytes: Buffer) => boolean;
  readonly size: (bytes: Buffer) => Size | undefined;
}

const startsWith =
  (text: string, at = 0) =>
  (bytes: Buffer) =>
    bytes.subarray(at, at + text.length).equals(Buffer.from(text, 'latin1'));

const formats: readonly Format[] = [
  {
    contentType: 'image/png',
    matches: startsWith('\x89PNG\r\n\x1a\n'),
    size: (bytes) => ({ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }),
  },
  {
    contentType: 'image/gif',
    matches: startsWith('GIF8'),
    size: (bytes) => ({ width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }),
  },
  { contentType: 'image/jpeg', matches: startsWith('\xff\xd8\xff'), size: jpegSize },
  {
    contentType: 'image/webp',
    matches: (bytes) => startsWith('RIFF')(bytes) && startsWith('WEBP', 8)(bytes),
    size: webpSize,
  },
];

/** The kind of image by its bytes, whatever its name says; undefined when it is none that Discord shows. */
export function sniffImage(data: Uint8Array): ({ contentType: string } & Partial<Size>) | undefined {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const format = formats.find(({ matches }) => matches(bytes));
  if (format === undefined) return undefined;
  try {
    return { contentType: format.contentType, ...format.size(bytes) };
  } catch (error) {
    if (error instanceof RangeError) return { contentType: format.contentType }; // cut short
    throw error;
  }
}

/** Walks the segments to the frame header (ITU T.81, B.2.2). */
function jpegSize(bytes: Buffer): Size | undefined {
  let at = 2;
  while (at + 9 < bytes.length) {
    const marker = bytes.readUInt8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

/** The three kinds of WebP keep their size in three places (RFC 9649). */
function webpSize(bytes: Buffer): Size | undefined {
  const kind = bytes.toString('latin1', 12, 16);
  if (kind === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (kind === 'VP8L') {
    const packed = bytes.readUInt32LE(21);
    return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
  }
  if (kind === 'VP8 ')
    return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
  return undefined;
}
