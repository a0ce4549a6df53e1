// The number of scans of a progressive JPEG.

/**
 * Maximum number of scans of a JPEG. Encoders write about ten. 86 kB can hold 882 scans, which take 9 s of a core at 25
 * megapixels.
 */
const MAX_SCANS = 64;
const START_OF_SCAN = Buffer.from([0xff, 0xda]);

/**
 * Returns true if a JPEG has more than 64 scans. Counts start markers, since 0xFF within a scan's data is followed by a
 * zero. Scans of an embedded thumbnail count too.
 */
export function hasTooManyScans(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = view.indexOf(START_OF_SCAN);
  for (let scans = 1; at >= 0; scans++) {
    if (scans > MAX_SCANS) return true;
    at = view.indexOf(START_OF_SCAN, at + START_OF_SCAN.length);
  }
  return false;
}
