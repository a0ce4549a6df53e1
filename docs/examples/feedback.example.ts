// Feedback of a shopper, one call per page view, and deletion of the shopper's data.
import { createClient } from 'fitroom/client';
import { ForgetShopperDocument, RecordFeedbackDocument, type FeedbackKind } from 'fitroom/client/operations';
import type { Shop } from './fetch.example.js';

interface FeedbackItem {
  /** `recommendOutfit { id }` of the recommendation that showed the garment. */
  recommendationId: string;
  sku: string;
  kind: FeedbackKind;
}

/** @param shopper a random id that your page stores; the server stores a keyed hash of it */
export async function tell({ url, key }: Shop, shopper: string, items: FeedbackItem[]): Promise<number> {
  const client = createClient({ url, headers: () => ({ authorization: `Bearer ${key}` }) });
  const events = items.map((item) => ({ ...item, shopper }));
  const { recordFeedback } = await client.ask(RecordFeedbackDocument, { events });
  return recordFeedback.recorded;
}

export async function forget({ url, key }: Shop, shopper: string): Promise<number> {
  const client = createClient({ url, headers: () => ({ authorization: `Bearer ${key}` }) });
  return (await client.ask(ForgetShopperDocument, { shopper })).forgetShopper.forgotten;
}
