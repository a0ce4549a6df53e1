// A request as it is answered: its words parted into what is wanted and what is not, and its numbers within their bounds.
import { FitroomError } from '../errors.js';
import { partNegation } from './negation.js';
import {
  checkFusionWish,
  requestDiversity,
  requestShopper,
  requestWords,
  tellingWords,
  type FusionWish,
  type OutfitRequest,
} from './request.js';

export interface CheckedRequest {
  /** The words as they were given. */
  given: string | null;
  /** What is wanted; null where only a picture is given, or only what is not wanted is said. */
  words: string | null;
  avoid: string | null;
  fusion: FusionWish;
  diversity: number;
  shopper: string | null;
}

/** @throws FitroomError naming the field that is wrong */
export function checkedRequest(request: OutfitRequest): CheckedRequest {
  const hasPicture = request.image != null;
  const given = tellingWords(requestWords(request.text, 'text'), hasPicture);
  const { wanted: words, unwanted } = partNegation(given);
  const avoid = [requestWords(request.avoid, 'avoid'), unwanted].filter((part) => part !== null).join(', ') || null;
  const diversity = requestDiversity(request.diversity);
  const shopper = requestShopper(request.shopper);
  const fusion = request.fusion ?? {};
  checkFusionWish(fusion);
  if (given === null && !hasPicture) throw new FitroomError('QUERY_EMPTY');
  return { given, words, avoid, fusion, diversity, shopper };
}
