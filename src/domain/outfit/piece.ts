// A garment as far as looks are put together with it: facts, price, and the direction of its style. No whole catalog row.
import type { Garment } from '../garment.js';
import type { Said } from '../language.js';
import type { OutfitSlot } from './slot.js';

/** What the rules judge a garment by. */
export type PieceFacts = Pick<Garment, 'title' | 'category' | 'garmentType' | 'color' | 'gender' | 'usage' | 'tags'>;

export interface Piece extends PieceFacts, Pick<Garment, 'id' | 'sku' | 'price'> {
  slot: OutfitSlot;
  /** Unit length, or all 0 where nothing is known; the same length for every piece of one model. */
  style: Float32Array;
}

/** What one rule says of two pieces. */
export interface Verdict {
  /** 0: not together; 1: made for each other. */
  score: number;
  /** Why it is not more, in words that go on from "… and …: "; null where nothing speaks against them. */
  reason: Said | null;
}

export const AGREED: Verdict = { score: 1, reason: null };
