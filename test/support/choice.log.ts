// A recommendation log with known choices, examined less often at lower ranks.
import { LEARNABLE, type Learnable } from '../../src/domain/learning/learned.weights.js';
import type { LoggedAnswer } from '../../src/domain/learning/logged.answer.js';
import { seededRandom } from '../../src/domain/shared/random.js';

const SHOWN = 10;
export const looksAt = (rank: number): number => 1 / rank;

/** Returns a log of choices that follow `wants`: P(chosen) = P(examined) · P(wanted). */
export function choiceLog(
  count: number,
  wants: (features: Record<Learnable, number>) => number,
  seed = 1,
): LoggedAnswer[] {
  const generator = seededRandom(seed);
  const random = (): number => generator.next();
  return Array.from({ length: count }, (_, i) => {
    // Requests differ in how similar their best garments are.
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
      rows: rows.map(({ features }, index) => ({
        rank: index + 1,
        features: LEARNABLE.map((name) => features[name]),
        fixed: 0,
        isChosen: random() < looksAt(index + 1) * wants(features),
      })),
    };
  });
}

export const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** Color counts three times as much as in the ranking, and text similarity does not count at all. */
export const wantsColor = ({ color, garmentType }: Record<Learnable, number>): number =>
  sigmoid(12 * (3 * color + garmentType) - 6);
