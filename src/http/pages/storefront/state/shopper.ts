// The shopper's random id, and the shopper's events, which are sent to the server in small batches.
// A failed batch is dropped and changes nothing on the page.
import { signal } from '@preact/signals';
import { ForgetShopperDocument, RecordFeedbackDocument, type FeedbackKind } from '../../../../client/operations.js';
import { api } from '../../shared/api.js';
import { readStored, writeStored } from './browser.storage.js';

const STORAGE_KEY = 'fitroom.shopper';
const BATCH_AFTER_MS = 800;
/** Maximum number of events that one call accepts. */
const MAX_BATCH = 100;

export const shopper = signal(readStored(STORAGE_KEY) ?? newShopperId());

/** The id of the recommendation that showed a garment, by SKU. */
const recommendationIds = new Map<string, string>();
const recorded = new Set<string>();
let pending: { recommendationId: string; sku: string; kind: FeedbackKind }[] = [];
let timer: number | undefined;

/** Remembers which recommendation showed the garments. Their events refer to it. */
export function rememberShown(recommendationId: string, skus: string[]): void {
  for (const sku of skus) recommendationIds.set(sku, recommendationId);
}

/**
 * Records an event once per recommendation. Ignores garments that no recommendation showed, for example in the catalog.
 */
export function recordEvent(kind: FeedbackKind, sku: string): void {
  const recommendationId = recommendationIds.get(sku);
  const name = `${recommendationId} ${sku} ${kind}`;
  if (recommendationId === undefined || recorded.has(name)) return;
  recorded.add(name);
  pending.push({ recommendationId, sku, kind });
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void sendFeedback(), BATCH_AFTER_MS);
}

/** Sends the recorded events. Await it before a request whose recommendation must consider them. */
export async function sendFeedback(): Promise<void> {
  window.clearTimeout(timer);
  while (pending.length > 0) {
    const events = pending.slice(0, MAX_BATCH).map((event) => ({ ...event, shopper: shopper.value }));
    pending = pending.slice(MAX_BATCH);
    await api.ask(RecordFeedbackDocument, { events }).catch(() => undefined);
  }
}

/** Deletes the shopper's data on the server and creates a new id. Returns the number of deleted records. */
export async function forgetShopper(): Promise<number> {
  pending = [];
  const { forgetShopper: payload } = await api.ask(ForgetShopperDocument, { shopper: shopper.value });
  writeStored(STORAGE_KEY, null);
  shopper.value = newShopperId();
  recommendationIds.clear();
  recorded.clear();
  return payload.forgotten;
}

/** Returns 128 random bits in hex. It does not use `randomUUID` because browsers offer it only to pages with TLS. */
function newShopperId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const id = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  writeStored(STORAGE_KEY, id);
  return id;
}
