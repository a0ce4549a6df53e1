// Estimates of how much memory plain data takes, for caches and queues that are bounded in bytes.

/** V8's header of a string, an object or an array with its elements, rounded up. */
const HEADER = 32;
/** A pointer, or a number within an object. */
const SLOT = 8;
/** A typed array is an object with a buffer of its own. */
const VIEW_HEADER = 200;

/** Bytes of a string: V8 takes 1 or 2 bytes a character, and 2 are counted. */
export function textBytes(text: string): number {
  return HEADER + 2 * text.length;
}

/**
 * Bytes of plain data: strings, numbers, dates, typed arrays, and objects, arrays, maps and sets of these. A part that stands in
 * it twice counts twice; data that contains itself does not end.
 */
export function heapBytes(value: unknown): number {
  let bytes = 0;
  const left: unknown[] = [value];
  while (left.length > 0) {
    const part = left.pop();
    if (typeof part === 'string') bytes += textBytes(part);
    else if (typeof part !== 'object' || part === null) bytes += SLOT;
    else if (ArrayBuffer.isView(part)) bytes += VIEW_HEADER + part.byteLength;
    else bytes += HEADER + addParts(part, left);
  }
  return bytes;
}

/** Puts the parts of an object on the list. @returns the bytes of the slots that lead to them */
function addParts(whole: object, left: unknown[]): number {
  const parts = whole instanceof Map ? [...whole].flat() : whole instanceof Set ? [...whole] : Object.values(whole);
  for (const part of parts) left.push(part);
  return SLOT * parts.length;
}
