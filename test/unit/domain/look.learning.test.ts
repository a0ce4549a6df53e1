// Pair weights learned from simulated shoppers, and attribution of events to outfits.
import { chosenOutfit } from '../../../src/domain/outfit/outfit.choice.js';
import { learnWeights, type OutfitChoice } from '../../../src/domain/outfit/outfit.weight.fit.js';
import { PAIR_PARTS, PAIR_WEIGHTS, weightedScore, type PairWeights } from '../../../src/domain/outfit/pair.score.js';
import { seededRandom, type Random } from '../../../src/domain/shared/random.js';

const COLOR_LOVERS: PairWeights = { roles: 0.1, gender: 0.1, usage: 0.1, colour: 0.6, style: 0.1 };

/**
 * Returns choices among three outfits of four items. Shoppers choose by these weights, with a preference for the first
 * outfit.
 */
function simulated(count: number, weights: PairWeights, seed: number): OutfitChoice[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const looks = Array.from({ length: 3 }, () => Array.from({ length: 6 }, () => pairBy(random)));
    const pulls = looks.map((pairs, i) => Math.exp(9 * scoreOf(pairs, weights) + (i === 0 ? 0.8 : 0)));
    let left = random.next() * pulls.reduce((sum, pull) => sum + pull, 0);
    const chosen = pulls.findIndex((pull) => (left -= pull) < 0);
    return { looks, chosen: Math.max(0, chosen) };
  });
}

function pairBy(random: Random): number[] {
  return [1, 1, random.between(0.3, 1), random.between(0.2, 1), random.between(0.1, 0.9)];
}

function scoreOf(pairs: readonly (readonly number[])[], weights: PairWeights): number {
  const scores = pairs.map((parts) => weightedScore(parts, weights));
  return (0.65 * scores.reduce((sum, score) => sum + score, 0)) / scores.length + 0.35 * Math.min(...scores);
}

describe('learnWeights learns the weights of the pair rules', () => {
  it('learnWeights finds the weights that shoppers choose by, despite the position effect', async () => {
    const learned = await learnWeights(simulated(300, COLOR_LOVERS, 3), PAIR_WEIGHTS);
    expect(learned).toMatchObject({ choices: 300, isBetter: true });
    expect(learned.weights.colour).toBeGreaterThan(PAIR_WEIGHTS.colour + 0.1);
    expect(learned.weights.usage).toBeLessThan(PAIR_WEIGHTS.usage);
    expect(PAIR_PARTS.reduce((sum, part) => sum + learned.weights[part], 0)).toBeCloseTo(1, 9);
    // The learned weights also explain shoppers outside the training data.
    const better = simulated(400, COLOR_LOVERS, 4).map(({ looks, chosen }) => {
      const best = (weights: PairWeights): number => {
        const scores = looks.map((pairs) => scoreOf(pairs, weights));
        return Number(scores.indexOf(Math.max(...scores)) === chosen);
      };
      return best(learned.weights) - best(PAIR_WEIGHTS);
    });
    expect(better.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(0);
  });

  it('learnWeights reports no improvement for unchanged preferences, random choices or too few choices', async () => {
    const same = await learnWeights(simulated(150, PAIR_WEIGHTS, 5), PAIR_WEIGHTS);
    const random = seededRandom(6);
    const dice = simulated(150, PAIR_WEIGHTS, 7).map((choice) => ({
      ...choice,
      chosen: Math.floor(3 * random.next()),
    }));
    const chance = await learnWeights(dice, PAIR_WEIGHTS);
    const few = await learnWeights(simulated(60, COLOR_LOVERS, 8), PAIR_WEIGHTS);
    const none = await learnWeights([], PAIR_WEIGHTS);
    expect([same, chance, few, none].map(({ isBetter }) => isBetter)).toEqual([false, false, false, false]);
    for (const part of PAIR_PARTS) expect(none.weights[part]).toBeCloseTo(PAIR_WEIGHTS[part], 9);
  });
});

describe('chosenOutfit attributes events to an outfit', () => {
  const looks = [
    ['dress', 'heels'],
    ['skirt', 'top', 'heels'],
  ];
  const of = (sku: string, kind = 'CLICK' as const) => ({ sku, kind });

  it('chosenOutfit returns the outfit whose own item was clicked or bought', () => {
    expect(chosenOutfit({ looks, listed: [], events: [of('top')] })).toBe(1);
    expect(chosenOutfit({ looks, listed: [], events: [of('top'), { sku: 'dress', kind: 'PURCHASE' }] })).toBe(0);
  });

  it('chosenOutfit returns null for an item of both outfits, a listed item, a view, or a tie', () => {
    expect(chosenOutfit({ looks, listed: [], events: [of('heels')] })).toBeNull();
    expect(chosenOutfit({ looks, listed: ['dress'], events: [of('dress')] })).toBeNull();
    expect(chosenOutfit({ looks, listed: [], events: [{ sku: 'top', kind: 'VIEW' }] })).toBeNull();
    expect(chosenOutfit({ looks, listed: [], events: [of('top'), of('dress')] })).toBeNull();
  });
});
