// What each part of a filter keeps out by itself. Knows nothing of requests.
import type { GarmentFilter } from '../domain/garment.js';
import type { EmptyingFilter } from '../domain/recommendation.js';
import type { RuleTarget } from '../domain/merchandising.rule.js';
import type { StoreContext } from '../domain/store.context.js';
import type { Database } from './database.js';
import { garmentConditions, hidingConditions, Parameters } from './garment.conditions.js';

/**
 * How many garments match without each of the filter's fields, the others holding: the most first, those that bring none left
 * out. One statement, whatever is given.
 * @param filter checked: what it has is meant
 */
export async function matchingWithoutEach(
  database: Database,
  ctx: StoreContext,
  { filter, hide }: { filter: GarmentFilter; hide: readonly RuleTarget[] },
): Promise<EmptyingFilter[]> {
  const fields = (Object.keys(filter) as (keyof GarmentFilter)[]).filter((field) => filter[field] !== false);
  if (fields.length === 0) return [];
  const parameters = new Parameters();
  const store = parameters.add(ctx.storeId);
  const hidden = hidingConditions(hide, parameters).map((condition) => ` and ${condition}`);
  const counts = fields.map((field, i) => {
    const without = { inStockOnly: false, ...filter, [field]: field === 'inStockOnly' ? false : undefined };
    const conditions = garmentConditions(without, parameters).join(' and ') || 'true';
    return `count(*) filter (where ${conditions})::int as "${i}"`;
  });
  const [row] = await database
    .within(ctx)
    .query<Record<string, number>>(
      `select ${counts.join(', ')} from garments g where g.store_id = ${store}${hidden.join('')}`,
      parameters.values,
    );
  return fields
    .map((field, i) => ({ field, garments: row![String(i)]! }))
    .filter(({ garments }) => garments > 0)
    .sort((a, b) => b.garments - a.garments);
}
