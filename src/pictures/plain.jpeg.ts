// Detection of JPEG and WebP files without metadata, which can be stored unchanged.

const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const APP0 = 0xe0;
/** Start markers of a baseline and of a progressive frame. */
const FRAMES = new Set([0xc0, 0xc2]);
/** Markers of Huffman tables, quantization tables and the restart interval. */
const TABLES = new Set([0xc4, 0xdb, 0xdd]);
/** Length of a JFIF segment: "JFIF", a zero, version, unit and density, and an empty thumbnail. */
const JFIF_BYTES = 16;

/**
 * Returns true if the file consists of tables and scans, with at most a JFIF segment without thumbnail before them: no
 * EXIF, color profile, comment or thumbnail, and nothing after its end.
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
    } else if (TABLES.has(marker) || isGrayOrColor(view, at) || isBareJfif(view, at, next)) at = next;
    else return false;
  }
  return false;
}

/**
 * Returns the offset of the next marker after a scan's data. Within the data, 0xFF is followed by a zero or a restart.
 */
function endOfScan(view: Buffer, from: number): number {
  for (let at = view.indexOf(0xff, from); at >= 0; at = view.indexOf(0xff, at + 1)) {
    const next = view[at + 1] ?? END;
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return view.length;
}

/**
 * Returns true for a frame of one or three components. Four components are CMYK, which programs display differently.
 */
function isGrayOrColor(view: Buffer, at: number): boolean {
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

/**
 * Bytes before the bitstream: "RIFF", length of the rest, "WEBP", "VP8 ", length of the chunk. The first ten bytes of
 * the chunk are its header.
 */
const HEADER_BYTES = 20;
const FRAME_HEADER_BYTES = 10;

/**
 * Returns true if the file is a single VP8 chunk. Transparency, animation, rotation, color profiles and metadata need
 * the extended format with other chunks, so such a file holds nothing that must not be stored.
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
    // chunks have even lengths: a padding byte follows an odd one
    HEADER_BYTES + chunkBytes + (chunkBytes % 2) === bytes.length
  );
}
