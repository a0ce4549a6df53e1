// Variables that an operation passes to `importCatalog`, found before the operation runs.
import { Kind, parse, visit, type DocumentNode, type FieldNode, type SelectionSetNode } from 'graphql';
import { MAX_TOKENS } from './operation.size.js';

/** The mutation whose file may be larger than a picture. */
const IMPORT_FIELD = 'importCatalog';

/**
 * Returns the variables that the operation passes to `importCatalog`, at its root or in fragments.
 * @param text text of the document; empty result if it cannot be parsed
 * @param operationName null for the only operation of the document
 */
export function importedVariables(text: string, operationName: string | null): Set<string> {
  // most documents need no parsing, because a field name contains no escapes
  if (!text.includes(IMPORT_FIELD)) return new Set();
  const document = parseDocument(text);
  const operations = document?.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION) ?? [];
  const named = operations.filter(({ name }) => operationName === null || name?.value === operationName);
  if (document === null || named.length !== 1) return new Set();
  return variablesOf(importFields(document, named[0]!.selectionSet));
}

function parseDocument(text: string): DocumentNode | null {
  try {
    return parse(text, { maxTokens: MAX_TOKENS, noLocation: true });
  } catch {
    return null;
  }
}

/** Returns the `importCatalog` fields at the root. Visits each fragment once, so that recursive fragments end. */
function importFields(document: DocumentNode, root: SelectionSetNode): FieldNode[] {
  const fields: FieldNode[] = [];
  const seen = new Set<string>();
  const pending = [root];
  for (let set = pending.pop(); set !== undefined; set = pending.pop()) {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) pending.push(selection.selectionSet);
      else if (selection.kind === Kind.FIELD) {
        if (selection.name.value === IMPORT_FIELD) fields.push(selection);
      } else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        pending.push(...fragmentsOf(document, selection.name.value));
      }
    }
  }
  return fields;
}

function fragmentsOf({ definitions }: DocumentNode, name: string): SelectionSetNode[] {
  return definitions.flatMap((definition) =>
    definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name ? [definition.selectionSet] : [],
  );
}

function variablesOf(fields: FieldNode[]): Set<string> {
  const names = new Set<string>();
  for (const argument of fields.flatMap((field) => field.arguments ?? []))
    visit(argument, { [Kind.VARIABLE]: ({ name }) => void names.add(name.value) });
  return names;
}
