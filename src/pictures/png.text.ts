// Removal of text chunks from PNG files.
// Text chunks are compressed, and 7 MB of them expand to 4 GB in the decoder.

const SIGNATURE_BYTES = 8;
/** Bytes of length, type and checksum around the data of a chunk. */
const FRAME_BYTES = 12;
const TEXTS = new Set(['tEXt', 'zTXt', 'iTXt']);

/**
 * Returns the PNG without text chunks, or the same bytes if it has none. Damaged files are left for the decoder to
 * report.
 * https://www.w3.org/TR/png-3/#11textinfo
 */
export function stripPngText(bytes: Uint8Array): Uint8Array {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let partStart = 0;
  for (let at = SIGNATURE_BYTES; at + FRAME_BYTES <= view.length;) {
    const next = at + FRAME_BYTES + view.readUInt32BE(at);
    if (TEXTS.has(view.toString('latin1', at + 4, at + 8)) && next <= view.length) {
      if (at > partStart) parts.push(view.subarray(partStart, at));
      partStart = next;
    }
    at = next;
  }
  if (partStart === 0) return bytes;
  return Buffer.concat([...parts, view.subarray(partStart)]);
}
