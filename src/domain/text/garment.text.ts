// The words that stand for a garment in front of the text encoder.
import type { GarmentFacts } from '../catalog/garment.js';

/** Fields whose words are added where the title does not say them already; the order of merchants' titles. */
const SAID_AFTER_TITLE = ['brand', 'gender', 'color', 'material', 'category', 'usage'] as const;

/**
 * The title, then what it leaves unsaid. Only what the merchant said goes in: a guess of the head would otherwise come
 * back as evidence for itself.
 *
 * @param facts the merchant's own; inferred fields are null
 */
export function garmentWords(facts: GarmentFacts): string {
  const title = facts.title.trim();
  const said = new Set(wordsOf(title));
  const unsaid = SAID_AFTER_TITLE.map((field) => facts[field]?.toLowerCase() ?? '').filter((value) =>
    wordsOf(value).some((word) => !said.has(word)),
  );
  return [title, ...unsaid].join(' ');
}

/** Lower case; a plural s does not make another word: the category of a "shirt" is "Shirts". */
function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.replace(/s$/, ''));
}
