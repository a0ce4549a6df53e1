// The period that all sections are about. Days are those of UTC, as the API counts them.
import { computed } from '@preact/signals';
import { place } from './address.js';

const DAY_MS = 86_400_000;
/** As long as the API's own default, and as long as answers are kept by default. */
const DEFAULT_DAYS = 30;

export interface Period {
  /** Both included. */
  firstDay: string;
  lastDay: string;
}

export const period = computed<Period>(() => {
  const { from, to } = place.value;
  const lastDay = to ?? dayOf(Date.now());
  const firstDay = from ?? dayBefore(lastDay, DEFAULT_DAYS - 1);
  return firstDay <= lastDay ? { firstDay, lastDay } : { firstDay: lastDay, lastDay: firstDay };
});

/** As the API takes it: `to` is the first instant after. */
export const instants = computed(() => {
  const { firstDay, lastDay } = period.value;
  return { from: `${firstDay}T00:00:00.000Z`, to: `${dayBefore(lastDay, -1)}T00:00:00.000Z` };
});

export function dayBefore(day: string, days: number): string {
  return dayOf(Date.parse(day) - days * DAY_MS);
}

export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
