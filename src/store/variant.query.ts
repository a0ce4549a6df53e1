// The other colours and sizes of a garment.
import type { Garment } from '../domain/garment.js';
import type { RuleTarget } from '../domain/merchandising.rule.js';
import type { StoreContext } from '../domain/store.context.js';
import type { Database } from './database.js';
import { hidingConditions, Parameters } from './garment.conditions.js';
import { GARMENT_COLUMNS, GARMENT_TABLES, garmentOf, type GarmentRow } from './garment.row.js';

/** More than these are no garment in several colours. */
const MOST_VARIANTS = 200;

/** In stock and not hidden, without itself, by sku; none where the garment's title is that of a line. */
export async function variantsOf(
  database: Database,
  ctx: StoreContext,
  { garmentId, first, hide }: { garmentId: string; first: number; hide: readonly RuleTarget[] },
): Promise<Garment[]> {
  const parameters = new Parameters();
  const [store, id] = [parameters.add(ctx.storeId), parameters.add(garmentId)];
  const shown = ['true', ...hidingConditions(hide, parameters)].join(' and ');
  const rows = await database.within(ctx).query<GarmentRow & { form: string; shown: boolean }>(
    `select ${GARMENT_COLUMNS}, g.form::text as form, (${shown}) as shown from ${GARMENT_TABLES}
     where g.store_id = ${store}
       and g.variant = (select o.variant from garments o where o.store_id = ${store} and o.id = ${id}::bigint)
     order by g.sku limit ${MOST_VARIANTS}`,
    parameters.values,
  );
  if (new Set(rows.map(({ form }) => form)).size < rows.length) return [];
  return rows
    .filter((row) => row.shown && row.in_stock && row.id !== garmentId)
    .slice(0, first)
    .map(garmentOf);
}
