// Size of an operation before validation: depth, aliases, directives, root fields and selections.
import { Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

export interface OperationSize {
  /** Fields from the root to the deepest leaf. */
  depth: number;
  /** Fields with an alias, including `__typename`. */
  aliases: number;
  directives: number;
  /** Fields at the root. */
  rootFields: number;
  /** Fields and fragments after all spreads are expanded. */
  selections: number;
}

/**
 * Limits of an operation. The introspection query of GraphiQL is the deepest expected query (15 levels) and has about
 * 400 expanded selections. Storefront pages have fewer than 10 levels and 200 selections.
 */
export const SIZE_LIMITS: OperationSize = { depth: 16, aliases: 30, directives: 30, rootFields: 10, selections: 1000 };

/** Maximum number of tokens of a query text: 8 times the introspection query of GraphiQL. */
export const MAX_TOKENS = 2000;

/**
 * Maximum number of characters of a query text. The introspection query of GraphiQL has 2,000, the longest query of the
 * pages 3,000. The rest is for literals and comments; longer values belong in variables.
 */
export const MAX_DOCUMENT_LENGTH = 100_000;

const NAMES: Record<keyof OperationSize, string> = {
  depth: 'levels of fields',
  aliases: 'aliases',
  directives: 'directives',
  rootFields: 'root fields',
  selections: 'selections with expanded fragments',
};

/**
 * Returns the first limit that a document exceeds, as a message, or null. Unused fragments count too, because they are
 * validated. Takes linear time: each fragment is measured once, however often it is spread.
 */
export function exceededLimit(document: DocumentNode, limits: OperationSize = SIZE_LIMITS): string | null {
  const sizes = sizesOf(document);
  for (const limit of Object.keys(limits) as (keyof OperationSize)[]) {
    const largest = Math.max(...sizes.map((size) => size[limit]));
    if (largest > limits[limit])
      return `An operation may have at most ${limits[limit]} ${NAMES[limit]}; this one has ${largest}.`;
  }
  return null;
}

function sizesOf(document: DocumentNode): OperationSize[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, OperationSize>();
  return document.definitions.map((definition) => {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      return { ...fragmentSize(definition.name.value, fragments, measured), rootFields: 0 };
    }
    if (definition.kind !== Kind.OPERATION_DEFINITION) return empty();
    const size = selectionSize(definition.selectionSet, fragments, measured);
    return { ...size, directives: size.directives + (definition.directives?.length ?? 0) };
  });
}

function fragmentSize(
  name: string,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  measured: Map<string, OperationSize>,
): OperationSize {
  const known = measured.get(name);
  if (known) return known;
  // placeholder during the measurement: a recursive fragment ends here, and validation refuses it
  measured.set(name, empty());
  const fragment = fragments.get(name);
  if (!fragment) return empty();
  const size = selectionSize(fragment.selectionSet, fragments, measured);
  size.directives += fragment.directives?.length ?? 0;
  measured.set(name, size);
  return size;
}

function selectionSize(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  measured: Map<string, OperationSize>,
): OperationSize {
  const sum = empty();
  for (const selection of set.selections) {
    const inner =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? fragmentSize(selection.name.value, fragments, measured)
        : selection.selectionSet
          ? selectionSize(selection.selectionSet, fragments, measured)
          : empty();
    const isField = selection.kind === Kind.FIELD;
    sum.depth = Math.max(sum.depth, inner.depth + (isField ? 1 : 0));
    sum.aliases += inner.aliases + (isField && selection.alias ? 1 : 0);
    sum.directives += inner.directives + (selection.directives?.length ?? 0);
    sum.rootFields += isField ? 1 : inner.rootFields;
    sum.selections += inner.selections + 1;
  }
  return sum;
}

function empty(): OperationSize {
  return { depth: 0, aliases: 0, directives: 0, rootFields: 0, selections: 0 };
}
