// What a shopper did, told in one call a page view, and the end of it.
import { createClient } from 'fitroom/client';
import { ForgetShopperDocument, RecordFeedbackDocument, type FeedbackKind } from 'fitroom/client/operations';
import type { Shop } from './fetch.example.js';

interface Seen {
  /** `recommendOutfit { id }` of the answer that showed it. */
  recommendationId: string;
  sku: string;
  kind: FeedbackKind;
}

/** @param shopper a random id that your page keeps; the server keeps a keyed hash of it */
export async function tell({ url, key }: Shop, shopper: string, seen: Seen[]): Promise<number> {
  const client = createClient({ url, headers: () => ({ authorization: `Bearer ${key}` }) });
  const events = seen.map((one) => ({ ...one, shopper }));
  const { recordFeedback } = await client.ask(RecordFeedbackDocument, { events });
  return recordFeedback.recorded;
}

export async function forget({ url, key }: Shop, shopper: string): Promise<number> {
  const client = createClient({ url, headers: () => ({ authorization: `Bearer ${key}` }) });
  return (await client.ask(ForgetShopperDocument, { shopper })).forgetShopper.forgotten;
}
