// Amounts and currencies: exact decimals as strings, never floating point.
import { FitroomError } from '../errors.js';

/** ISO 4217 as the runtime's own ICU data lists it. */
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** @throws FitroomError PRICE_INVALID unless 0 ≤ amount < 10¹⁰ with at most 4 decimals */
export function requireAmount(amount: string, ...field: string[]): string {
  if (!/^\d{1,10}(\.\d{1,4})?$/.test(amount)) throw new FitroomError('PRICE_INVALID', undefined, field);
  return amount;
}

/** @throws FitroomError CURRENCY_UNKNOWN; lower case is taken */
export function requireCurrency(currency: string, ...field: string[]): string {
  const code = currency.trim().toUpperCase();
  if (!CURRENCIES.has(code)) throw new FitroomError('CURRENCY_UNKNOWN', undefined, field);
  return code;
}
