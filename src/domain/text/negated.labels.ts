// Coverage of a negated text by labels.
// "Black shoes" is a category and a color; "striped shoes" has a word without a label.
import type { Concept } from './synonyms.js';

/** The labels that the head recognizes in the text. */
export interface NamedLabels {
  kind: boolean;
  /** Most likely first; empty if the text names no color. */
  colors: readonly string[];
}

/**
 * Returns which labels together cover the whole text. Both are false if some word has no label: otherwise "striped
 * shoes" would exclude all shoes.
 */
export function labelsCoveringText(
  concepts: readonly Concept[],
  named: NamedLabels,
): { kind: boolean; color: boolean } {
  const colorWords = new Set(named.colors.flatMap((color) => color.toLowerCase().split(' ')));
  const spelledColors = concepts.filter(({ titles }) =>
    titles.some((title) => title.split(' ').every((word) => colorWords.has(word))),
  );
  // A color by another name ("noir") counts as a color if a separate word names the category.
  const color = named.colors.length > 0 && (spelledColors.length > 0 || concepts.length > (named.kind ? 1 : 0));
  const colorCount = color ? Math.max(1, spelledColors.length) : 0;
  const kind = named.kind && concepts.length > colorCount;
  const uncovered = concepts.length - colorCount - (kind ? 1 : 0);
  return uncovered > 0 ? { kind: false, color: false } : { kind, color };
}
