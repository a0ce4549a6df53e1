// What looks are put together from: what is kept, and the matches that they are built on.
import type { Gender, Money } from '../domain/garment.js';
import type { Language } from '../domain/language.js';
import { gendersWith } from '../domain/outfit/gender.rule.js';
import type { PairScorer } from '../domain/outfit/outfit.js';
import type { Piece } from '../domain/outfit/piece.js';
import type { Among, NamedPiece } from '../store/outfit.repository.js';

/** What the looks of one call are put together from. */
export interface LookPlan extends Among {
  first: number;
  kept: readonly Piece[];
  /** What looks are built on in turn, best first; null: on what is kept alone. */
  leads: readonly (Piece | null)[];
  /** How many matches a look could be built on. */
  matches: number;
  budget: Money | null;
  scorer: PairScorer;
  language: Language;
}

export function fixedWith(kept: readonly Piece[], lead: Piece | null): readonly Piece[] {
  return lead === null ? kept : [...kept, lead];
}

/** The matches that a look can be built on beside what is kept. */
export function leadsAmong(
  matches: readonly NamedPiece[],
  { kept, scorer }: Pick<LookPlan, 'kept' | 'scorer'>,
): Piece[] {
  return matches.flatMap(({ slot, ...match }): Piece[] => {
    if (slot === null || !match.inStock || !match.hasPicture || match.isUnwanted) return [];
    const piece = { ...match, slot };
    // a match that is kept anyway is nothing to build on beside itself
    if (kept.some(({ id }) => id === piece.id)) return [];
    return kept.every((one) => scorer(one, piece).score > 0) ? [piece] : [];
  });
}

/** The first of them, and behind those, in case that no look comes of one, others for the same people. */
export function bestLeads(usable: readonly Piece[], kept: readonly Piece[], count: number): Piece[] {
  const audience = (lead: Piece): string => audienceOf([...kept, lead]).join();
  const first = usable.slice(0, count);
  const audiences = new Set(first.map(audience));
  return [...first, ...usable.slice(count).filter((lead) => audiences.has(audience(lead)))];
}

export function audienceOf(pieces: readonly Piece[]): Gender[] {
  return gendersWith(pieces.map(({ gender }) => gender));
}
