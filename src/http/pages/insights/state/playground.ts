// Playground URLs that open a query with its variables.
// Both follow the #, so browsers do not send them to the server or to proxies.

export function playgroundAddress(query: { toString(): string }, variables: object): string {
  const present = Object.entries(variables).filter(([, value]) => value !== undefined && value !== null);
  const fields = { query: tidy(query.toString()), variables: JSON.stringify(Object.fromEntries(present), null, 2) };
  return `/playground#${new URLSearchParams(present.length > 0 ? fields : { query: fields.query }).toString()}`;
}

/** Removes the indentation that generated texts have before each operation and fragment. */
function tidy(text: string): string {
  return `${text.trim().replace(/^ +(?=(query|fragment) )/gm, '\n')}\n`;
}
