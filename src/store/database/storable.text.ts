// What PostgreSQL takes for text: anything but the character 0 and halves of surrogate pairs. Knows no table.

/** The text without its zero characters, and with U+FFFD for each half of a surrogate pair. Other text is unchanged. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** The same for the strings of a parameter, which may be a list; other values are unchanged. */
export function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  return Array.isArray(value) ? value.map(storableValue) : value;
}

export function isUuid(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
}
