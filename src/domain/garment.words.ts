// The words that stand for a garment in front of the text encoder.
import type { GarmentFacts } from './garment.js';

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
  const said = title.toLowerCase();
  const unsaid = SAID_AFTER_TITLE.map((field) => facts[field])
    .filter((value): value is NonNullable<typeof value> => value != null && !said.includes(value.toLowerCase()))
    .map((value) => value.toLowerCase());
  return [title, ...unsaid].join(' ');
}
