// Lookup in tables whose keys come from callers.

/** Returns the entry of a key, or undefined. Keys such as "constructor" do not reach the prototype of the table. */
export function lookUp<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
