// Validation of filters: amounts and currency checked, empty lists removed.
import type { GarmentFilter } from '../../domain/catalog/garment.js';
import type { InputProblem } from '../../domain/catalog/garment.input.js';
import { problemOf } from '../../domain/shared/input.problem.js';
import { requireAmount, requireCurrency } from '../../domain/catalog/money.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { requireStorable } from '../../domain/shared/text.js';
import { FitroomError } from '../../errors.js';
import type { GarmentRepository } from '../../store/garment.repository.js';

/** Fields of a filter that are lists of texts. */
const TEXT_LISTS = ['categories', 'colors', 'brands', 'materials', 'usages', 'tags', 'sizes', 'excludeSkus'] as const;

export class FilterValidator {
  constructor(private readonly garments: Pick<GarmentRepository, 'currencies'>) {}

  /**
   * Returns the filter without empty fields, limited to garments in stock by default. A price bound without a currency
   * gets the only currency of the catalog.
   * @throws FitroomError TEXT_INVALID | PRICE_INVALID | CURRENCY_UNKNOWN | CURRENCY_NEEDED, field within `filter`
   */
  async check(ctx: StoreContext, filter: GarmentFilter): Promise<GarmentFilter> {
    // generated clients send null and [] for absent fields
    const present = Object.entries(filter).filter(
      ([, value]) => value != null && !(Array.isArray(value) && value.length === 0),
    );
    const checked: GarmentFilter = { inStockOnly: true, ...Object.fromEntries(present) };
    requireTexts(checked);
    if (checked.minPrice !== undefined) requireAmount(checked.minPrice, 'filter', 'minPrice');
    if (checked.maxPrice !== undefined) requireAmount(checked.maxPrice, 'filter', 'maxPrice');
    if (checked.currency !== undefined) checked.currency = requireCurrency(checked.currency, 'filter', 'currency');
    const hasPriceBound = checked.minPrice !== undefined || checked.maxPrice !== undefined;
    if (hasPriceBound && checked.currency === undefined) checked.currency = await this.onlyCurrency(ctx);
    return checked;
  }

  /** Returns the problems of a filter. The list is empty for null. */
  async problemsOf(ctx: StoreContext, filter: GarmentFilter | null): Promise<InputProblem[]> {
    if (filter === null) return [];
    try {
      await this.check(ctx, filter);
      return [];
    } catch (error) {
      return [problemOf(error)];
    }
  }

  private async onlyCurrency(ctx: StoreContext): Promise<string | undefined> {
    const currencies = await this.garments.currencies(ctx);
    if (currencies.length <= 1) return currencies[0];
    const message = `The catalog has prices in ${currencies.join(', ')}. A price bound needs one of these currencies.`;
    throw new FitroomError('CURRENCY_NEEDED', message, ['filter', 'currency']);
  }
}

/**
 * Refuses texts with unstorable characters, because such a text without them would match other garments.
 * @throws FitroomError TEXT_INVALID
 */
function requireTexts(filter: GarmentFilter): void {
  for (const field of TEXT_LISTS)
    for (const [i, value] of (filter[field] ?? []).entries()) requireStorable(value, 'filter', field, String(i));
}
