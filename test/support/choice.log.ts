// A log of answers whose truth is known: ranked by the present weights, looked at less and less down the list.
import { LEARNABLE, type Learnable } from '../../src/domain/learning/learned.weights.js';
import type { LoggedAnswer } from '../../src/domain/learning/logged.answer.js';
import { seededRandom } from '../../src/domain/shared/random.js';

const SHOWN = 10;
export const looksAt = (rank: number): number => 1 / rank;

/** Choices as `wants` has them: P(chosen) = P(looked at) · P(wanted). */
export function choiceLog(
  count: number,
  wants: (features: Record<Learnable, number>) => number,
  seed = 1,
): LoggedAnswer[] {
  const drawn = seededRandom(seed);
  const random = (): number => drawn.next();
  return Array.from({ length: count }, (_, i) => {
    // requests differ in how near anything comes to them
    const level = 0.3 + 0.3 * random();
    const rows = Array.from({ length: SHOWN }, () => {
      const features: Record<Learnable, number> = {
        textSimilarity: level + 0.25 * random(),
        imageSimilarity: 0.2 * random(),
        garmentType: 0.15 * random(),
        category: 0.12 * random(),
        color: 0.2 * random(),
        gender: 0,
        usage: 0.05 * random(),
        lexical: 0.05 * random(),
        avoid: 0,
        shopper: 0,
      };
      return { features, score: Object.values(features).reduce((sum, value) => sum + value, 0) };
    });
    rows.sort((a, b) => b.score - a.score);
    return {
      at: new Date(i * 60_000),
      shopper: `s${i % Math.ceil(count / 3)}`,
      rows: rows.map(({ features }, place) => ({
        rank: place + 1,
        features: LEARNABLE.map((name) => features[name]),
        fixed: 0,
        isChosen: random() < looksAt(place + 1) * wants(features),
      })),
    };
  });
}

export const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** Colour counts three times what the ranking makes of it, the words nothing at all. */
export const wantsColor = ({ color, garmentType }: Record<Learnable, number>): number =>
  sigmoid(12 * (3 * color + garmentType) - 6);
