// Detection of the picture format from the first bytes of a file.

export const PICTURE_FORMATS = ['jpeg', 'png', 'webp', 'avif', 'gif'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/** Brands of an ISO media file that hold AV1 pictures. HEIC uses the same container and is not supported. */
const AVIF_BRANDS = new Set(['avif', 'avis']);
/** End of the searched bytes. Real brand lists are shorter; a wrong length must not make the search go on. */
const BRANDS_END = 256;

/**
 * Returns the format by the magic number of the bytes, or null for any other kind of file. File names, HTTP headers and
 * data URLs are ignored.
 */
export function sniffFormat(bytes: Uint8Array): PictureFormat | null {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  const text = (start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp';
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a') return 'gif';
  return text(4, 8) === 'ftyp' && hasAvifBrand(bytes, text) ? 'avif' : null;
}

/**
 * Returns true if the file has an AVIF brand. ISO 14496-12 §4.3: box size (4 bytes), 'ftyp', major brand, version, then
 * compatible brands of 4 bytes each.
 */
function hasAvifBrand(bytes: Uint8Array, text: (start: number, end: number) => string): boolean {
  const size = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  const end = Math.min(size, BRANDS_END, bytes.length);
  for (let at = 8; at + 4 <= end; at += 4) {
    if (at !== 12 && AVIF_BRANDS.has(text(at, at + 4))) return true;
  }
  return false;
}

function startsWith(bytes: Uint8Array, magic: number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}
