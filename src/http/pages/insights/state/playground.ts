// Where the playground has a query open, with its variables. They stand after the #, so neither this server nor one on the way
// is told what they are about.

export function playgroundAddress(query: { toString(): string }, variables: object): string {
  const given = Object.entries(variables).filter(([, value]) => value !== undefined && value !== null);
  const fields = { query: tidy(query.toString()), variables: JSON.stringify(Object.fromEntries(given), null, 2) };
  return `/playground#${new URLSearchParams(given.length > 0 ? fields : { query: fields.query }).toString()}`;
}

/** Generated texts begin each operation and fragment further in than what is in them. */
function tidy(text: string): string {
  return `${text.trim().replace(/^ +(?=(query|fragment) )/gm, '\n')}\n`;
}
