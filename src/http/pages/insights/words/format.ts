// English formats for numbers, days and API terms.

/** In the order of a purchase. DISMISS, the only negative kind, is last. */
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
/** Formats the time in UTC, like all days on the page. */
export const moment = (iso: string): string => `${MOMENT.format(new Date(iso))} UTC`;
export const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

export function interval(low: number, high: number): string {
  return `${percent(low)} to ${percent(high)}`;
}

/** Turns an API name into words: LONG_SLEEVE into "Long sleeve", tryOns into "Try ons". */
export function readable(term: string): string {
  if (term === 'T_SHIRT') return 'T-shirt';
  const words = term
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Returns the weights of text and picture and the fusion: "55% and 45%, weighted average". */
export function fusionText(used: { fusion: string; textWeight: number; imageWeight: number }): string {
  return `${percent(used.textWeight)} and ${percent(used.imageWeight)}, ${readable(used.fusion).toLowerCase()}`;
}

/** Returns the text of a request and whether it had a picture. */
export function requestText({ text, hadImage }: { text: string | null; hadImage: boolean }): string {
  if (text) return hadImage ? `${text} + picture` : text;
  return 'picture only';
}
