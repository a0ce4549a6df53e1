// Page size that a recommendation request selects, found before the recommendation is computed.
// A recommendation with fewer matches than this size is PARTIAL, so the size is needed first.
import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type FieldNode,
  type GraphQLResolveInfo,
  type SelectionNode,
  type ValueNode,
} from 'graphql';
import { MAX_PAGE_SIZE } from '../../domain/shared/page.js';

/** Default of `first` for `garments`. */
export const DEFAULT_RECOMMENDED = 12;

/**
 * Returns the largest page size of `garments` below the resolved field, 1 to 100, or the default if the field is not
 * selected.
 */
export function requestedPageSize(info: GraphQLResolveInfo): number {
  const sizes = info.fieldNodes
    .flatMap((node) => selectedFields(node.selectionSet?.selections ?? [], info))
    .filter((field) => field.name.value === 'garments')
    .map((field) => pageSize(field, info));
  const largest = sizes.length === 0 ? DEFAULT_RECOMMENDED : Math.max(...sizes);
  return Math.min(MAX_PAGE_SIZE, Math.max(1, largest));
}

function selectedFields(selections: readonly SelectionNode[], info: GraphQLResolveInfo): FieldNode[] {
  return selections
    .filter((selection) => isIncluded(selection, info))
    .flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value];
      return selectedFields(fragment?.selectionSet.selections ?? [], info);
    });
}

function isIncluded(selection: SelectionNode, info: GraphQLResolveInfo): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, selection, info.variableValues)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, selection, info.variableValues)?.if !== false;
}

function pageSize(field: FieldNode, info: GraphQLResolveInfo): number {
  const first = field.arguments?.find((argument) => argument.name.value === 'first')?.value;
  return first === undefined ? DEFAULT_RECOMMENDED : (numberOf(first, info) ?? DEFAULT_RECOMMENDED);
}

function numberOf(value: ValueNode, info: GraphQLResolveInfo): number | undefined {
  if (value.kind === Kind.INT) return Number(value.value);
  const number = value.kind === Kind.VARIABLE ? info.variableValues[value.name.value] : undefined;
  return typeof number === 'number' ? number : undefined;
}
