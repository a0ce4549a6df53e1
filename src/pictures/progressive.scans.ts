// How many times over a progressive JPEG is drawn.

/** Encoders write some ten scans. 86 kB can hold 882 of them, which take 9 s of a core at 25 megapixels. */
const MAX_SCANS = 64;
const START_OF_SCAN = Buffer.from([0xff, 0xda]);

/** Counts the marker that a scan begins with: within a scan's own data 0xFF is followed by a zero. A thumbnail's scans count. */
export function hasTooManyScans(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = view.indexOf(START_OF_SCAN);
  for (let scans = 1; at >= 0; scans++) {
    if (scans > MAX_SCANS) return true;
    at = view.indexOf(START_OF_SCAN, at + START_OF_SCAN.length);
  }
  return false;
}
