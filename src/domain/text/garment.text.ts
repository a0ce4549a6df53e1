// The text that represents a garment for the text encoder.
import type { GarmentFacts } from '../catalog/garment.js';

/** Fields that follow the title if the title does not contain them, in the order that merchants use in titles. */
const FIELDS_AFTER_TITLE = ['brand', 'gender', 'color', 'material', 'category', 'usage'] as const;

/**
 * Returns the title, followed by the facts that it does not contain. Only facts from the merchant are included: an
 * inferred value would otherwise count as evidence for itself.
 *
 * @param facts the merchant's facts; inferred fields are null
 */
export function garmentWords(facts: GarmentFacts): string {
  const title = facts.title.trim();
  const titleWords = new Set(wordsOf(title));
  const missingValues = FIELDS_AFTER_TITLE.map((field) => facts[field]?.toLowerCase() ?? '').filter((value) =>
    wordsOf(value).some((word) => !titleWords.has(word)),
  );
  return [title, ...missingValues].join(' ');
}

/** Returns lower-case words without a plural s: a "shirt" has the category "Shirts". */
function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.replace(/s$/, ''));
}
