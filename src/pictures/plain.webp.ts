// A WebP that is nothing but one lossy picture, which was the form of what is stored: an export of then is kept as it is.

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
