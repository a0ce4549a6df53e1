// A JPEG that is nothing but one picture: what is stored has this form, so an export that comes back can be kept as it is.

const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const APP0 = 0xe0;
/** Heads of a baseline and of a progressive picture. */
const FRAMES = new Set([0xc0, 0xc2]);
/** Huffman tables, quantization tables, restart interval. */
const TABLES = new Set([0xc4, 0xdb, 0xdd]);
/** "JFIF", a zero, version, unit and density, and a thumbnail of no pixels. */
const JFIF_BYTES = 16;

/**
 * Whether the bytes are tables and scans from end to end, behind a bare JFIF head or none: no EXIF, no colour profile, no comment, no thumbnail, and
 * nothing behind its end.
 * https://www.w3.org/Graphics/JPEG/itu-t81.pdf (B.1, B.2)
 */
export function isPlainJpeg(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0xff || bytes[1] !== START) return false;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 4 <= view.length;) {
    const marker = view[at + 1]!;
    if (view[at] !== 0xff) return false;
    const next = at + 2 + view.readUInt16BE(at + 2);
    if (next > view.length) return false;
    if (marker === SCAN) {
      at = endOfScan(view, next);
      if (view[at + 1] === END) return at + 2 === view.length;
    } else if (TABLES.has(marker) || isGreyOrColor(view, at) || isBareJfif(view, at, next)) at = next;
    else return false;
  }
  return false;
}

/** Where the next marker stands that is not within the scan's own data: 0xFF there is followed by a zero or a restart. */
function endOfScan(view: Buffer, from: number): number {
  for (let at = view.indexOf(0xff, from); at >= 0; at = view.indexOf(0xff, at + 1)) {
    const next = view[at + 1] ?? END;
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return view.length;
}

/** One component or three: four are ink, which every program shows in its own way. */
function isGreyOrColor(view: Buffer, at: number): boolean {
  return FRAMES.has(view[at + 1]!) && (view[at + 9] === 1 || view[at + 9] === 3);
}

function isBareJfif(view: Buffer, at: number, next: number): boolean {
  return (
    view[at + 1] === APP0 &&
    next - at - 2 === JFIF_BYTES &&
    view.toString('latin1', at + 4, at + 9) === 'JFIF\0' &&
    view.readUInt16BE(next - 2) === 0
  );
}

/** Before the bitstream: "RIFF", length of the rest, "WEBP", "VP8 ", length of the chunk; its first ten bytes are its head. */
const HEADER_BYTES = 20;
const FRAME_HEADER_BYTES = 10;

/**
 * Whether the bytes are one VP8 chunk from end to end. Transparency, animation, turns, colour profiles and metadata all need
 * the extended form, which has other chunks; so there is nothing here that must not be stored.
 * https://developers.google.com/speed/webp/docs/riff_container#simple_file_format_lossy
 */
export function isPlainWebp(bytes: Uint8Array): boolean {
  if (bytes.length < HEADER_BYTES + FRAME_HEADER_BYTES) return false;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunkBytes = view.readUInt32LE(16);
  return (
    view.toString('latin1', 0, 4) === 'RIFF' &&
    view.toString('latin1', 8, 16) === 'WEBPVP8 ' &&
    view.readUInt32LE(4) === bytes.length - 8 &&
    // chunks have even lengths: an odd one is followed by a byte of padding
    HEADER_BYTES + chunkBytes + (chunkBytes % 2) === bytes.length
  );
}
