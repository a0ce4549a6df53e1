// A PNG without its texts: they are packed, and 7 MB of them unpack to 4 GB in the decoder.

const SIGNATURE_BYTES = 8;
/** Length, type and checksum around a chunk's data. */
const FRAME_BYTES = 12;
const TEXTS = new Set(['tEXt', 'zTXt', 'iTXt']);

/**
 * The same bytes where there is no text. Damage is left for the decoder to find.
 * https://www.w3.org/TR/png-3/#11textinfo
 */
export function stripPngText(bytes: Uint8Array): Uint8Array {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [];
  let keptFrom = 0;
  for (let at = SIGNATURE_BYTES; at + FRAME_BYTES <= view.length;) {
    const next = at + FRAME_BYTES + view.readUInt32BE(at);
    if (TEXTS.has(view.toString('latin1', at + 4, at + 8)) && next <= view.length) {
      if (at > keptFrom) kept.push(view.subarray(keptFrom, at));
      keptFrom = next;
    }
    at = next;
  }
  if (keptFrom === 0) return bytes;
  return Buffer.concat([...kept, view.subarray(keptFrom)]);
}
