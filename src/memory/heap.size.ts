// Estimates of the memory that plain data takes, for caches and queues bounded in bytes.

/** Bytes of V8's header of a string, an object or an array with its elements, rounded up. */
const HEADER = 32;
/** Bytes of a pointer, or of a number within an object. */
const SLOT = 8;
/** Bytes of a typed array without its content: an object with a separate buffer. */
const VIEW_HEADER = 200;

/** Returns the bytes of a string. V8 takes 1 or 2 bytes per character; this counts 2. */
export function textBytes(text: string): number {
  return HEADER + 2 * text.length;
}

/**
 * Returns the bytes of plain data: strings, numbers, dates, typed arrays, and objects, arrays, maps and sets of these.
 * A part that occurs twice counts twice. The function does not end for data that contains itself.
 */
export function heapBytes(value: unknown): number {
  let bytes = 0;
  const remaining: unknown[] = [value];
  while (remaining.length > 0) {
    const part = remaining.pop();
    if (typeof part === 'string') bytes += textBytes(part);
    else if (typeof part !== 'object' || part === null) bytes += SLOT;
    else if (ArrayBuffer.isView(part)) bytes += VIEW_HEADER + part.byteLength;
    else bytes += HEADER + addParts(part, remaining);
  }
  return bytes;
}

/** Adds the parts of an object to the list. @returns the bytes of the slots that point to them */
function addParts(container: object, remaining: unknown[]): number {
  const parts =
    container instanceof Map
      ? [...container].flat()
      : container instanceof Set
        ? [...container]
        : Object.values(container);
  for (const part of parts) remaining.push(part);
  return SLOT * parts.length;
}
