// Multipart bodies for operations with files, by the GraphQL multipart request specification.

interface OperationBody {
  query: string;
  variables: Record<string, unknown>;
}

/** Returns the form with operations, map and files. Null for variables without files. */
export function multipartBody({ query, variables }: OperationBody): FormData | null {
  const files: { path: string; file: Blob }[] = [];
  const withoutFiles = extractFiles(variables, 'variables', files);
  if (files.length === 0) return null;
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables: withoutFiles }));
  form.set('map', JSON.stringify(Object.fromEntries(files.map(({ path }, i) => [i, [path]]))));
  files.forEach(({ file }, i) => form.set(String(i), file));
  return form;
}

/** Returns the value with null in place of each file. Appends the files and their paths to `files`. */
function extractFiles(value: unknown, path: string, files: { path: string; file: Blob }[]): unknown {
  if (value instanceof Blob) {
    files.push({ path, file: value });
    return null;
  }
  if (Array.isArray(value)) return value.map((item, i) => extractFiles(item, `${path}.${i}`, files));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, extractFiles(inner, `${path}.${name}`, files)]);
  return Object.fromEntries(entries);
}
