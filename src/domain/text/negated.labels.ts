// How far the labels that the head reads in unwanted words say all that the words say: "black shoes" are a kind and a colour,
// "striped shoes" are a kind and something that no label knows. Pure.
import type { Concept } from './synonyms.js';

/** What the head reads in the words; null where they name none. */
export interface NamedLabels {
  kind: boolean;
  /** Likeliest first; empty: none. */
  colors: readonly string[];
}

/**
 * Which labels a garment must fit to be what the words say; none where a word is left that no label stands for. Otherwise
 * all shoes would be avoided with the striped ones.
 */
export function labelsCoveringText(
  concepts: readonly Concept[],
  named: NamedLabels,
): { kind: boolean; color: boolean } {
  const colorWords = new Set(named.colors.flatMap((color) => color.toLowerCase().split(' ')));
  const spelled = concepts.filter(({ titles }) =>
    titles.some((title) => title.split(' ').every((w) => colorWords.has(w))),
  );
  // a colour by another name ("noir") is a colour where the kind has a word of its own
  const color = named.colors.length > 0 && (spelled.length > 0 || concepts.length > (named.kind ? 1 : 0));
  const colored = color ? Math.max(1, spelled.length) : 0;
  const kind = named.kind && concepts.length > colored;
  const unsaid = concepts.length - colored - (kind ? 1 : 0);
  return unsaid > 0 ? { kind: false, color: false } : { kind, color };
}
