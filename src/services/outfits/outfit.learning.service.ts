// Learning of the pair weights of outfits from the choices of a store's shoppers.
import { setImmediate } from 'node:timers/promises';
import { chosenOutfit, type RecommendationWithOutfits } from '../../domain/outfit/outfit.choice.js';
import { learnWeights, type LearnedWeights, type OutfitChoice } from '../../domain/outfit/outfit.weight.fit.js';
import { PAIR_PARTS, PAIR_WEIGHTS, scorePair, type PairWeights } from '../../domain/outfit/pair.score.js';
import type { OutfitItem } from '../../domain/outfit/slot.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { OutfitWeightsRepository } from '../../store/outfit.weights.repository.js';
import type { RecommendationLog } from '../recommend/recommendation.log.js';
import type { OutfitService } from './outfit.service.js';

/** Maximum number of choices, latest first. They take one second of one core, in steps of a few milliseconds. */
const MAX_CHOICES = 1_000;

export interface OutfitLearningParts {
  weights: OutfitWeightsRepository;
  outfits: Pick<OutfitService, 'itemsBySku'>;
  log: Pick<RecommendationLog, 'settled'>;
}

export interface LearnedOutfitWeights extends LearnedWeights {
  /** The weights that were in use when learning began. */
  before: PairWeights;
  /** True if the learned weights are in use now. */
  isAdopted: boolean;
}

export class OutfitLearningService {
  constructor(private readonly parts: OutfitLearningParts) {}

  /**
   * Learns from the recorded feedback, and adopts the weights if they explain choices better.
   * @param dryRun true: saves nothing
   */
  async learn(ctx: StoreContext, dryRun: boolean): Promise<LearnedOutfitWeights> {
    await this.parts.log.settled([]);
    const before = (await this.parts.weights.weights(ctx)) ?? PAIR_WEIGHTS;
    const recommendations = await this.parts.weights.answersWithLooks(ctx, MAX_CHOICES);
    const skus = [...new Set(recommendations.flatMap(({ looks }) => looks.flat()))];
    const items = await this.parts.outfits.itemsBySku(ctx, skus);
    const choices = recommendations.flatMap((recommendation) => choiceOf(recommendation, items) ?? []);
    // requests use this thread between two steps
    const learned = await learnWeights(choices, before, setImmediate);
    const isAdopted = learned.isBetter && !dryRun;
    if (isAdopted) await this.parts.weights.saveWeights(ctx, learned.weights, learned.choices);
    return { ...learned, before, isAdopted };
  }

  /** Restores the default weights. Returns false if they were in use already. */
  async reset(ctx: StoreContext): Promise<boolean> {
    return this.parts.weights.forgetWeights(ctx);
  }
}

/** Returns null if the shopper chose no outfit, or an item is no longer in the catalog. */
function choiceOf(
  recommendation: RecommendationWithOutfits,
  items: ReadonlyMap<string, OutfitItem>,
): OutfitChoice | null {
  const chosen = chosenOutfit(recommendation);
  if (chosen === null) return null;
  const outfits = recommendation.looks.map((skus) => skus.flatMap((sku) => items.get(sku) ?? []));
  if (outfits.some((outfit, i) => outfit.length < recommendation.looks[i]!.length)) return null;
  return { chosen, looks: outfits.map(pairScores) };
}

/** Returns one row for each pair of items, with the score of each part. */
function pairScores(outfit: readonly OutfitItem[]): number[][] {
  return outfit.flatMap((a, i) =>
    outfit.slice(i + 1).map((b) => {
      const { parts } = scorePair(a, b);
      return PAIR_PARTS.map((part) => parts[part].score);
    }),
  );
}
