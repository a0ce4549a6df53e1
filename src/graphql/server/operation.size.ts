// How large an operation is before anything is done with it: depth, aliases, directives, root fields, selections.
// Linear in the text: every fragment is measured once, however often it is spread. Knows no schema.
import { Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

export interface OperationSize {
  /** Fields from the root to the deepest leaf. */
  depth: number;
  /** Fields with another name than their own, `__typename` too. */
  aliases: number;
  directives: number;
  /** Fields at the root. */
  rootFields: number;
  /** Fields and fragments with every spread written out. */
  selections: number;
}

/**
 * What an operation may be at most. Introspection as GraphiQL asks for it is the deepest that is wanted (15) and takes
 * some 400 selections written out; whole pages of a storefront stay under 10 deep and 200 selections.
 */
export const SIZE_LIMITS: OperationSize = { depth: 16, aliases: 30, directives: 30, rootFields: 10, selections: 1000 };

/** Tokens of one query text: 8 times what GraphiQL's introspection has. */
export const MAX_TOKENS = 2000;

/**
 * Characters of one query text. GraphiQL's introspection has 2,000, the longest of the pages 3,000; literals and comments
 * have the rest. Longer values are variables.
 */
export const MAX_DOCUMENT_LENGTH = 100_000;

const NAMES: Record<keyof OperationSize, string> = {
  depth: 'levels of fields',
  aliases: 'aliases',
  directives: 'directives',
  rootFields: 'fields at the root',
  selections: 'selections, fragments written out',
};

/** The first limit that a document breaks, in words, or null. Fragments that nothing spreads count too: they are validated. */
export function exceededLimit(document: DocumentNode, limits: OperationSize = SIZE_LIMITS): string | null {
  const sizes = sizesOf(document);
  for (const limit of Object.keys(limits) as (keyof OperationSize)[]) {
    const largest = Math.max(...sizes.map((size) => size[limit]));
    if (largest > limits[limit])
      return `An operation has at most ${limits[limit]} ${NAMES[limit]}, this one ${largest}.`;
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
  // stands for itself while it is measured: a fragment that spreads itself ends here, and validation refuses it
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
