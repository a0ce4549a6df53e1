// A request that was answered before, as it can be asked again: its words and filter as they were given, and of its picture
// what the model made of it.
import type { ReplayableAnswer } from '../domain/answer.record.js';
import type { OutfitRequest } from '../domain/request.js';

/** @param model the id of the one that is to answer: another one than then encodes the words itself */
export function pastRequest(answer: ReplayableAnswer, model: string): OutfitRequest {
  const { text, avoid, filter, diversity, settings, picture, words, understanding } = answer;
  const image = picture && { kind: 'kept' as const, picture };
  const keptWords = understanding.model === model ? words : null;
  return { text, avoid, filter, diversity, fusion: settings.fusion, image, keptWords };
}

/** As many as were to be shown; answers from before that was kept showed at most one page. */
export function pastWanted({ settings, shown }: ReplayableAnswer): number {
  return settings.wanted ?? shown.length;
}

/**
 * Why a request cannot be asked again, as a sentence; null where it can.
 * @param model the id of the one that is to answer
 */
export function notAskable(answer: ReplayableAnswer, model: string): string | null {
  const { hadImage, picture, text, avoid, understanding } = answer;
  const words = text === null && avoid === null;
  if ((words && !hadImage) || (text === null && hadImage && understanding.textWeight > 0)) {
    return 'request: its words were forgotten with the shopper who asked';
  }
  if (!hadImage) return null;
  if (picture === null) return 'request: nothing is kept of its picture';
  return understanding.model === model
    ? null
    : `request: its picture was read by ${understanding.model} and is not kept, so ${model} cannot read it`;
}
