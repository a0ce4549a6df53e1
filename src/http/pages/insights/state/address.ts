// What is looked at, as the address has it after its #: the section, the period, and in it one answer. So a view can be kept
// as a bookmark and sent to others, the browser's way back works, and the server is told nothing of it.
import { signal } from '@preact/signals';
import { SECTIONS, type Section } from './sections.js';

export interface Place {
  section: Section;
  /** Days of UTC as YYYY-MM-DD, both included; null: the last 30 days. */
  from: string | null;
  to: string | null;
  /** Of the answer that is looked at. */
  answer: string | null;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const place = signal<Place>(placeOf(''));

export function followAddress(): void {
  const follow = (): void => {
    place.value = placeOf(location.hash);
  };
  follow();
  window.addEventListener('hashchange', follow);
}

/** @returns where the same period is seen in another section, or another period in this one */
export function addressOf(change: Partial<Place>): string {
  const { section, from, to, answer } = { ...place.value, answer: null, ...change };
  const given = Object.entries({ from, to, answer }).filter(([, value]) => value !== null) as [string, string][];
  return `#${section}${given.length > 0 ? `?${new URLSearchParams(given).toString()}` : ''}`;
}

export function go(change: Partial<Place>): void {
  location.hash = addressOf(change);
}

function placeOf(hash: string): Place {
  const [name, query] = hash.slice(1).split('?', 2);
  const given = new URLSearchParams(query ?? '');
  const dayOf = (field: string): string | null => {
    const value = given.get(field) ?? '';
    return DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : null;
  };
  const section = SECTIONS.find((one) => one === name) ?? SECTIONS[0];
  return { section, from: dayOf('from'), to: dayOf('to'), answer: given.get('answer') };
}
