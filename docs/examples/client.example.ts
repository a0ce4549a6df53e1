// The typed client of this repository. The page at / uses it.
import { ApiError } from 'fitroom/client/api.error';
import { createClient } from 'fitroom/client';
import { FindDocument, type FindQuery } from 'fitroom/client/operations';
import type { Shop } from './fetch.example.js';

type Recommendation = FindQuery['recommendOutfit'];

export async function find({ url, key }: Shop, text: string, photo?: Blob): Promise<Recommendation | string> {
  const client = createClient({ url, headers: () => ({ authorization: `Bearer ${key}` }) });
  const input = { text, ...(photo && { image: { upload: photo } }) };
  try {
    const { recommendOutfit } = await client.ask(FindDocument, { input, first: 12, withLooks: true, looks: 3 });
    return recommendOutfit;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'TEXT_TOO_LONG') return 'That is a little long.';
    throw error;
  }
}
