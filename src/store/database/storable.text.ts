// Text that PostgreSQL can store: any character except NUL and lone surrogates.

/** Returns the text without NUL characters, and with U+FFFD for each lone surrogate. Other text is unchanged. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** Applies `storableText` to a string or to the strings of a list. Other values are unchanged. */
export function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  return Array.isArray(value) ? value.map(storableValue) : value;
}

export function isUuid(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
}
