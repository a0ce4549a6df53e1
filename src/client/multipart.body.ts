// An operation with files, as the GraphQL multipart request specification has it: operations, a map, then the files.
// Knows no HTTP.

interface OperationBody {
  query: string;
  variables: Record<string, unknown>;
}

/** @returns null where the variables hold no file */
export function multipartBody({ query, variables }: OperationBody): FormData | null {
  const files: { path: string; file: Blob }[] = [];
  const withoutFiles = takeOut(variables, 'variables', files);
  if (files.length === 0) return null;
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables: withoutFiles }));
  form.set('map', JSON.stringify(Object.fromEntries(files.map(({ path }, i) => [i, [path]]))));
  files.forEach(({ file }, i) => form.set(String(i), file));
  return form;
}

/** The value with null where a file was, which goes to `files` with its path. */
function takeOut(value: unknown, path: string, files: { path: string; file: Blob }[]): unknown {
  if (value instanceof Blob) {
    files.push({ path, file: value });
    return null;
  }
  if (Array.isArray(value)) return value.map((one, i) => takeOut(one, `${path}.${i}`, files));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([name, one]) => [name, takeOut(one, `${path}.${name}`, files)]);
  return Object.fromEntries(entries);
}
