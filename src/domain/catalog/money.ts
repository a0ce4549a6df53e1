// Amounts and currencies: exact decimals as strings, never floating point.
import { FitroomError } from '../../errors.js';
import type { Money } from './garment.js';

/** ISO 4217 codes from the runtime's ICU data. */
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/**
 * Returns the amount without leading zeros, as the database returns it.
 * @throws FitroomError PRICE_INVALID unless 0 ≤ amount < 10¹⁰ with at most 4 decimals
 */
export function requireAmount(amount: string, ...field: string[]): string {
  const digits = amount.replace(/^0+(?=\d)/, '');
  if (!/^\d{1,10}(\.\d{1,4})?$/.test(digits)) throw new FitroomError('PRICE_INVALID', undefined, field);
  return digits;
}

/**
 * Returns the code in upper case. Lower case and surrounding space are accepted.
 * @throws FitroomError CURRENCY_UNKNOWN
 */
export function requireCurrency(currency: string, ...field: string[]): string {
  const code = currency.trim();
  // Some other letters become Latin letters in upper case: "ıNR" would become INR.
  const known = /^[A-Za-z]{3}$/.test(code) && CURRENCIES.has(code.toUpperCase());
  if (!known) throw new FitroomError('CURRENCY_UNKNOWN', undefined, field);
  return code.toUpperCase();
}

/** Returns the amount and the currency in stored form. @throws FitroomError PRICE_INVALID, CURRENCY_UNKNOWN */
export function requireMoney({ amount, currency }: Money, ...field: string[]): Money {
  return {
    amount: requireAmount(amount, ...field, 'amount'),
    currency: requireCurrency(currency, ...field, 'currency'),
  };
}

/** Maximum number of decimals of an amount. */
const SCALE = 4;

/** Returns the amount in units of 10⁻⁴, for sums and comparisons. */
export function unitsOf(amount: string): bigint {
  const [whole, decimals = ''] = amount.split('.');
  return BigInt(whole! + decimals.padEnd(SCALE, '0'));
}

/**
 * Returns the exact sum with the largest number of decimals of any amount, or null if a price is missing or currencies
 * differ.
 */
export function sumOfMoney(prices: readonly (Money | null)[]): Money | null {
  const present = prices.filter((price) => price !== null);
  const currency = present[0]?.currency;
  if (currency === undefined || present.length < prices.length) return null;
  if (present.some((price) => price.currency !== currency)) return null;
  const decimals = Math.max(...present.map(({ amount }) => amount.split('.')[1]?.length ?? 0));
  const digits = present.reduce((sum, { amount }) => sum + unitsOf(amount), 0n).toString();
  const padded = digits.padStart(SCALE + 1, '0');
  const amount = `${padded.slice(0, -SCALE)}.${padded.slice(-SCALE)}`.slice(0, padded.length - SCALE + 1 + decimals);
  return { amount: decimals === 0 ? amount.slice(0, -1) : amount, currency };
}

/** Returns true if the prices add up to no more than the budget; false if one has no price in its currency. */
export function isWithin(budget: Money, items: readonly { price: Money | null }[]): boolean {
  if (items.some(({ price }) => price?.currency !== budget.currency)) return false;
  return items.reduce((sum, { price }) => sum + unitsOf(price!.amount), 0n) <= unitsOf(budget.amount);
}
