// Numbers, days and the API's own terms as a reader of English has them.

/** From a glance to the till; what goes the other way is last. */
export const FEEDBACK_KINDS = ['VIEW', 'CLICK', 'TRY_ON', 'CART', 'PURCHASE', 'DISMISS'] as const;

const COUNT = new Intl.NumberFormat('en');
const DECIMAL = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });
const PERCENT = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const SIGNED = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

export const count = (value: number): string => COUNT.format(value);
export const decimal = (value: number): string => DECIMAL.format(value);
export const percent = (share: number): string => PERCENT.format(share);
export const signedPercent = (share: number): string => SIGNED.format(share);
export const day = (iso: string): string => DAY.format(new Date(iso));
/** In UTC, as all days of the page are. */
export const moment = (iso: string): string => `${MOMENT.format(new Date(iso))} UTC`;
export const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

export function interval(low: number, high: number): string {
  return `${percent(low)} to ${percent(high)}`;
}

/** LONG_SLEEVE: "Long sleeve"; tryOns: "Try ons". */
export function inWords(term: string): string {
  if (term === 'T_SHIRT') return 'T-shirt';
  const words = term
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** How much each side of a request counted: "55% and 45%, weighted average". */
export function fusionInWords(used: { fusion: string; textWeight: number; imageWeight: number }): string {
  return `${percent(used.textWeight)} and ${percent(used.imageWeight)}, ${inWords(used.fusion).toLowerCase()}`;
}

export function asked({ text, hadImage }: { text: string | null; hadImage: boolean }): string {
  if (text) return hadImage ? `${text} + picture` : text;
  return 'a picture alone';
}
