// The period of all sections, in days of UTC as in the API.
import { computed } from '@preact/signals';
import { currentView } from './address.js';

const DAY_MS = 86_400_000;
/** The API's default period, and the default retention of logged recommendations. */
const DEFAULT_DAYS = 30;

/** A period that includes both days. */
export interface Period {
  firstDay: string;
  lastDay: string;
}

export const period = computed<Period>(() => {
  const { from, to } = currentView.value;
  const lastDay = to ?? dayOf(Date.now());
  const firstDay = from ?? dayBefore(lastDay, DEFAULT_DAYS - 1);
  return firstDay <= lastDay ? { firstDay, lastDay } : { firstDay: lastDay, lastDay: firstDay };
});

/** The period as the API expects it: `to` is the first instant after the period. */
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
