// GarmentFilter and rules' targets as SQL conditions on `garments g`. Knows nothing of what is selected, ranked or counted with them.
import type { GarmentFilter } from '../domain/catalog/garment.js';
import type { RuleTarget } from '../domain/recommend/merchandising.rule.js';
import { storableValue } from './database/storable.text.js';

/** Values of one statement; `add` gives the $n that stands for a value. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(storableValue(value));
    return `$${this.values.length}`;
  }
}

/** Columns that are compared without regard to case, by the filter's field. */
const TEXT_COLUMNS = {
  categories: 'category',
  colors: 'color',
  brands: 'brand',
  materials: 'material',
  usages: 'usage',
} as const;
const ENUM_COLUMNS = { garmentTypes: 'garment_type', genders: 'gender' } as const;
const LIST_COLUMNS = { tags: 'tags', sizes: 'sizes' } as const;

/**
 * Conditions that all must hold, ready for ` and `. A field that is absent, null or an empty list restricts nothing
 * (clients that generate their inputs send those for "absent"); only inStockOnly has a default, true.
 *
 * minPrice, maxPrice: garments without a price are left out. currency: only garments that are priced in it.
 */
export function garmentConditions(filter: GarmentFilter | null | undefined, parameters: Parameters): string[] {
  const given = filter ?? {};
  const conditions = [...listConditions(given, parameters), ...priceConditions(given, parameters)];
  if (given.inStockOnly ?? true) conditions.push('g.in_stock');
  return conditions;
}

/** Whether a rule is about a garment: true or false, never null, so that "not" may stand before it. */
export function targetCondition({ skus, filter }: RuleTarget, parameters: Parameters): string {
  if (skus) return `g.sku = any(${parameters.add(skus)}::text[])`;
  const conditions = garmentConditions({ ...filter, inStockOnly: false }, parameters);
  return conditions.length > 0 ? `((${conditions.join(' and ')}) is true)` : 'true';
}

/** Conditions that keep out what rules hide. */
export function hidingConditions(hide: readonly RuleTarget[], parameters: Parameters): string[] {
  return hide.map((target) => `not ${targetCondition(target, parameters)}`);
}

function listConditions(filter: GarmentFilter, parameters: Parameters): string[] {
  const conditions: string[] = [];
  // both sides are lowered by the database, so that they agree on every letter
  const lowered = (values: string[]): string => `(select lower(v) from unnest(${parameters.add(values)}::text[]) v)`;
  for (const [field, column] of entries(ENUM_COLUMNS)) {
    const values = filter[field];
    if (values?.length) conditions.push(`g.${column} = any(${parameters.add(values)}::text[])`);
  }
  for (const [field, column] of entries(TEXT_COLUMNS)) {
    const values = filter[field];
    if (values?.length) conditions.push(`lower(g.${column}) in ${lowered(values)}`);
  }
  for (const [field, column] of entries(LIST_COLUMNS)) {
    const values = filter[field];
    if (values?.length) {
      conditions.push(`exists (select from unnest(g.${column}) item where lower(item) in ${lowered(values)})`);
    }
  }
  if (filter.excludeSkus?.length) conditions.push(`g.sku <> all(${parameters.add(filter.excludeSkus)}::text[])`);
  return conditions;
}

function priceConditions(filter: GarmentFilter, parameters: Parameters): string[] {
  const conditions: string[] = [];
  if (filter.minPrice != null) conditions.push(`g.price >= ${parameters.add(filter.minPrice)}::numeric`);
  if (filter.maxPrice != null) conditions.push(`g.price <= ${parameters.add(filter.maxPrice)}::numeric`);
  if (filter.currency != null) conditions.push(`g.currency = upper(${parameters.add(filter.currency)})`);
  return conditions;
}

function entries<T extends object>(record: T): [keyof T, T[keyof T]][] {
  return Object.entries(record) as [keyof T, T[keyof T]][];
}
