// The number of garments for each choice of the filter panel.
import { signal } from '@preact/signals';
import { FacetsDocument, type FacetCountsFragment } from '../../../../client/operations.js';
import { api } from '../../shared/api.js';
import { choices, filterOf, type ListField } from './request.js';

export interface FacetValue {
  value: string;
  count: number;
}

const FIELDS: Record<ListField, string> = { types: 'garmentType', colors: 'color', genders: 'gender' };

export const facets = signal<Record<ListField, FacetValue[]> | null>(null);

let latestRequest = 0;

export async function refreshFacets(): Promise<void> {
  const thisRequest = ++latestRequest;
  const { types, colors, genders } = choices.value;
  const variables = {
    filter: filterOf(),
    exceptTypes: filterOf('types'),
    exceptColors: filterOf('colors'),
    exceptGenders: filterOf('genders'),
    typesChosen: types.length > 0,
    colorsChosen: colors.length > 0,
    gendersChosen: genders.length > 0,
  };
  // the panel also works without counts, and the garments' own request shows the failure
  const counts = await api.ask(FacetsDocument, variables, { byGet: true }).catch(() => null);
  if (counts === null || thisRequest !== latestRequest) return;
  const { chosen } = counts;
  facets.value = {
    types: valuesOf('types', counts.types ?? chosen),
    colors: valuesOf('colors', counts.colors ?? chosen),
    genders: valuesOf('genders', counts.genders ?? chosen),
  };
}

/** Returns the values of a field. A chosen value without garments stays in the list with a count of 0. */
function valuesOf(field: ListField, all: FacetCountsFragment[]): FacetValue[] {
  const values = all.find((facet) => facet.field === FIELDS[field])?.values ?? [];
  const missing = choices.value[field].filter((value) => !values.some((known) => known.value === value));
  return [...values, ...missing.map((value) => ({ value, count: 0 }))];
}
