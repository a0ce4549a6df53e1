// The current view, stored in the URL after the #: section, period and recommendation.
// So bookmarks, shared links and the back button work, and the server does not see it.
import { signal } from '@preact/signals';
import { SECTIONS, type Section } from './sections.js';

export interface View {
  section: Section;
  /** The first day as YYYY-MM-DD in UTC. Null for 30 days before the last day. */
  from: string | null;
  /** The last day, included. Null for today. */
  to: string | null;
  /** The id of the recommendation in view. Null for the list. */
  answer: string | null;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const currentView = signal<View>(viewOf(''));

export function followAddress(): void {
  const follow = (): void => {
    currentView.value = viewOf(location.hash);
  };
  follow();
  window.addEventListener('hashchange', follow);
}

/** Returns the URL of the current view with some fields changed. It leaves the recommendation out by default. */
export function addressOf(change: Partial<View>): string {
  const { section, from, to, answer } = { ...currentView.value, answer: null, ...change };
  const fields = Object.entries({ from, to, answer }).filter(([, value]) => value !== null) as [string, string][];
  return `#${section}${fields.length > 0 ? `?${new URLSearchParams(fields).toString()}` : ''}`;
}

export function go(change: Partial<View>): void {
  location.hash = addressOf(change);
}

function viewOf(hash: string): View {
  const [name, query] = hash.slice(1).split('?', 2);
  const fields = new URLSearchParams(query ?? '');
  const dayOf = (field: string): string | null => {
    const value = fields.get(field) ?? '';
    return DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : null;
  };
  const section = SECTIONS.find((known) => known === name) ?? SECTIONS[0];
  return { section, from: dayOf('from'), to: dayOf('to'), answer: fields.get('answer') };
}
