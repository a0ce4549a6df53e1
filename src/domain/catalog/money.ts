// Amounts and currencies: exact decimals as strings, never floating point.
import { FitroomError } from '../../errors.js';
import type { Money } from './garment.js';

/** ISO 4217 as the runtime's own ICU data lists it. */
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/**
 * The amount without leading zeros, as the database gives it back.
 * @throws FitroomError PRICE_INVALID unless 0 ≤ amount < 10¹⁰ with at most 4 decimals
 */
export function requireAmount(amount: string, ...field: string[]): string {
  const digits = amount.replace(/^0+(?=\d)/, '');
  if (!/^\d{1,10}(\.\d{1,4})?$/.test(digits)) throw new FitroomError('PRICE_INVALID', undefined, field);
  return digits;
}

/** The code in upper case; lower case and outer space are taken. @throws FitroomError CURRENCY_UNKNOWN */
export function requireCurrency(currency: string, ...field: string[]): string {
  const code = currency.trim();
  // some other letters become Latin ones in upper case: "ıNR" would be INR
  const known = /^[A-Za-z]{3}$/.test(code) && CURRENCIES.has(code.toUpperCase());
  if (!known) throw new FitroomError('CURRENCY_UNKNOWN', undefined, field);
  return code.toUpperCase();
}

/** The amount and the currency as they are stored. @throws FitroomError PRICE_INVALID, CURRENCY_UNKNOWN */
export function requireMoney({ amount, currency }: Money, ...field: string[]): Money {
  return {
    amount: requireAmount(amount, ...field, 'amount'),
    currency: requireCurrency(currency, ...field, 'currency'),
  };
}

/** Decimals that an amount has at most. */
const SCALE = 4;

/** Whole units of 10⁻⁴: what sums and comparisons are made with. */
export function unitsOf(amount: string): bigint {
  const [whole, decimals = ''] = amount.split('.');
  return BigInt(whole! + decimals.padEnd(SCALE, '0'));
}

/** The exact sum, with as many decimals as the amount that has most; null where one is missing or another currency's. */
export function sumOfMoney(prices: readonly (Money | null)[]): Money | null {
  const given = prices.filter((price) => price !== null);
  const currency = given[0]?.currency;
  if (currency === undefined || given.length < prices.length) return null;
  if (given.some((price) => price.currency !== currency)) return null;
  const decimals = Math.max(...given.map(({ amount }) => amount.split('.')[1]?.length ?? 0));
  const digits = given.reduce((sum, { amount }) => sum + unitsOf(amount), 0n).toString();
  const padded = digits.padStart(SCALE + 1, '0');
  const amount = `${padded.slice(0, -SCALE)}.${padded.slice(-SCALE)}`.slice(0, padded.length - SCALE + 1 + decimals);
  return { amount: decimals === 0 ? amount.slice(0, -1) : amount, currency };
}

/** Whether what is bought costs no more than a budget; not where one has no price in its currency. */
export function isWithin(budget: Money, bought: readonly { price: Money | null }[]): boolean {
  if (bought.some(({ price }) => price?.currency !== budget.currency)) return false;
  return bought.reduce((sum, { price }) => sum + unitsOf(price!.amount), 0n) <= unitsOf(budget.amount);
}
