// How many garments of the catalog each choice of the filter panel leaves.
import { signal } from '@preact/signals';
import { FacetsDocument, type FacetCountsFragment } from '../../../../client/operations.js';
import { api } from '../../shared/api.js';
import { choices, filterOf, type ListField } from './request.js';

export interface Counted {
  value: string;
  count: number;
}

const FIELDS: Record<ListField, string> = { types: 'garmentType', colors: 'color', genders: 'gender' };

export const facets = signal<Record<ListField, Counted[]> | null>(null);

let asked = 0;

export async function refreshFacets(): Promise<void> {
  const turn = ++asked;
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
  // without counts the panel still filters; what the failure is, the garments say
  const counted = await api.ask(FacetsDocument, variables, { byGet: true }).catch(() => null);
  if (counted === null || turn !== asked) return;
  const { chosen } = counted;
  facets.value = {
    types: valuesOf('types', counted.types ?? chosen),
    colors: valuesOf('colors', counted.colors ?? chosen),
    genders: valuesOf('genders', counted.genders ?? chosen),
  };
}

/** What is chosen stays in the list, though nothing be left of it. */
function valuesOf(field: ListField, all: FacetCountsFragment[]): Counted[] {
  const values = all.find((facet) => facet.field === FIELDS[field])?.values ?? [];
  const gone = choices.value[field].filter((value) => !values.some((one) => one.value === value));
  return [...values, ...gone.map((value) => ({ value, count: 0 }))];
}
