// The files that an operation hands to `importCatalog`, known before the operation runs.
import { Kind, parse, visit, type DocumentNode, type FieldNode, type SelectionSetNode } from 'graphql';
import { MAX_TOKENS } from './operation.size.js';

/** The mutation whose file may be larger than a picture. */
const IMPORT_FIELD = 'importCatalog';

/**
 * The variables that the operation passes to `importCatalog`, at its root or through fragments.
 * @param text of the document; one that cannot be parsed names none
 * @param operationName null: the document's only operation
 */
export function importedVariables(text: string, operationName: string | null): Set<string> {
  // most documents need no parsing: a field's name has no escapes
  if (!text.includes(IMPORT_FIELD)) return new Set();
  const document = parsed(text);
  const operations = document?.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION) ?? [];
  const named = operations.filter(({ name }) => operationName === null || name?.value === operationName);
  if (document === null || named.length !== 1) return new Set();
  return variablesOf(importFields(document, named[0]!.selectionSet));
}

function parsed(text: string): DocumentNode | null {
  try {
    return parse(text, { maxTokens: MAX_TOKENS, noLocation: true });
  } catch {
    return null;
  }
}

/** Visits each fragment once, so that fragments that spread themselves end. */
function importFields(document: DocumentNode, root: SelectionSetNode): FieldNode[] {
  const fields: FieldNode[] = [];
  const seen = new Set<string>();
  const left = [root];
  for (let set = left.pop(); set !== undefined; set = left.pop()) {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) left.push(selection.selectionSet);
      else if (selection.kind === Kind.FIELD) {
        if (selection.name.value === IMPORT_FIELD) fields.push(selection);
      } else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        left.push(...fragmentsOf(document, selection.name.value));
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
