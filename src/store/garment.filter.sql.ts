// SQL conditions on `garments g` for a GarmentFilter and for the targets of rules.
import type { GarmentFilter } from '../domain/catalog/garment.js';
import type { RuleTarget } from '../domain/recommend/merchandising.rule.js';
import { storableValue } from './database/storable.text.js';

/** Values of one statement. `add` returns the $n that stands for a value. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(storableValue(value));
    return `$${this.values.length}`;
  }
}

/** Columns that are compared case-insensitively, by filter field. */
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
 * Returns conditions that must all hold, ready to be joined by ` and `. A field that is absent, null or an empty list
 * restricts nothing, since generated clients send null and empty lists for absent fields. Only inStockOnly has a
 * default: true.
 * minPrice and maxPrice exclude garments without a price. currency restricts to garments priced in it.
 */
export function garmentConditions(filter: GarmentFilter | null | undefined, parameters: Parameters): string[] {
  const set = filter ?? {};
  const conditions = [...listConditions(set, parameters), ...priceConditions(set, parameters)];
  if (set.inStockOnly ?? true) conditions.push('g.in_stock');
  return conditions;
}

/** Returns SQL that is true if a rule target matches a garment. It is never null, so `not` may precede it. */
export function targetCondition({ skus, filter }: RuleTarget, parameters: Parameters): string {
  if (skus) return `g.sku = any(${parameters.add(skus)}::text[])`;
  const conditions = garmentConditions({ ...filter, inStockOnly: false }, parameters);
  return conditions.length > 0 ? `((${conditions.join(' and ')}) is true)` : 'true';
}

/** Returns conditions that exclude the garments that rules hide. */
export function hidingConditions(hide: readonly RuleTarget[], parameters: Parameters): string[] {
  return hide.map((target) => `not ${targetCondition(target, parameters)}`);
}

function listConditions(filter: GarmentFilter, parameters: Parameters): string[] {
  const conditions: string[] = [];
  // the database lowers both values, so they agree on every letter
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
