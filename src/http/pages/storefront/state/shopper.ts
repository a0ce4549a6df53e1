// Who looks: a random number that says nothing of anybody, and what they did with what the page showed them. The server hears
// of it in small batches; whether it does or not changes nothing on the page.
import { signal } from '@preact/signals';
import { ForgetShopperDocument, RecordFeedbackDocument, type FeedbackKind } from '../../../../client/operations.js';
import { api } from '../../shared/api.js';
import { keep, kept } from './kept.js';

const KEPT_AS = 'fitroom.shopper';
const BATCH_AFTER_MS = 800;
/** As many as one call takes. */
const MAX_BATCH = 100;

export const shopper = signal(kept(KEPT_AS) ?? newShopper());

/** For each garment on the page, the answer that showed it. */
const shownBy = new Map<string, string>();
const told = new Set<string>();
let waiting: { recommendationId: string; sku: string; kind: FeedbackKind }[] = [];
let timer: number | undefined;

export function showedBy(recommendationId: string, skus: string[]): void {
  for (const sku of skus) shownBy.set(sku, recommendationId);
}

/** Each thing once for an answer. What no answer showed, in the catalog at large, is no feedback on anything. */
export function tell(kind: FeedbackKind, sku: string): void {
  const recommendationId = shownBy.get(sku);
  const name = `${recommendationId} ${sku} ${kind}`;
  if (recommendationId === undefined || told.has(name)) return;
  told.add(name);
  waiting.push({ recommendationId, sku, kind });
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void sendFeedback(), BATCH_AFTER_MS);
}

/** Sends what waits. To be awaited by whoever asks for an answer that is to know of it. */
export async function sendFeedback(): Promise<void> {
  window.clearTimeout(timer);
  while (waiting.length > 0) {
    const events = waiting.slice(0, MAX_BATCH).map((event) => ({ ...event, shopper: shopper.value }));
    waiting = waiting.slice(MAX_BATCH);
    await api.ask(RecordFeedbackDocument, { events }).catch(() => undefined);
  }
}

/** @returns how much was remembered; from here on another shopper looks */
export async function forgetShopper(): Promise<number> {
  waiting = [];
  const { forgetShopper: payload } = await api.ask(ForgetShopperDocument, { shopper: shopper.value });
  keep(KEPT_AS, null);
  shopper.value = newShopper();
  shownBy.clear();
  told.clear();
  return payload.forgotten;
}

/** 128 random bits; browsers give `randomUUID` to pages with TLS only. */
function newShopper(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const id = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  keep(KEPT_AS, id);
  return id;
}
