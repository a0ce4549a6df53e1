// What a store's looks are weighed by: learned from its shoppers' choices, kept where that explains choices better, and given up.
import { setImmediate } from 'node:timers/promises';
import { chosenOutfit, type RecommendationWithOutfits } from '../../domain/outfit/outfit.choice.js';
import { learnWeights, type LearnedWeights, type OutfitChoice } from '../../domain/outfit/outfit.weight.fit.js';
import { PAIR_PARTS, PAIR_WEIGHTS, scorePair, type PairWeights } from '../../domain/outfit/pair.score.js';
import type { OutfitItem } from '../../domain/outfit/slot.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { OutfitWeightsRepository } from '../../store/outfit.weights.repository.js';
import type { RecommendationLog } from '../recommend/recommendation.log.js';
import type { OutfitService } from './outfit.service.js';

/** The latest choices that are learned from: a second of one core, in steps of some milliseconds. */
const MOST_CHOICES = 1_000;

export interface OutfitLearningParts {
  weights: OutfitWeightsRepository;
  outfits: Pick<OutfitService, 'pieces'>;
  log: Pick<RecommendationLog, 'settled'>;
}

export interface LearnedOutfitWeights extends LearnedWeights {
  before: PairWeights;
  /** Whether they are in force now. */
  isAdopted: boolean;
}

export class OutfitLearningService {
  constructor(private readonly parts: OutfitLearningParts) {}

  /** Learns from what was recorded so far. @param dryRun changes nothing */
  async learn(ctx: StoreContext, dryRun: boolean): Promise<LearnedOutfitWeights> {
    await this.parts.log.settled([]);
    const before = (await this.parts.weights.weights(ctx)) ?? PAIR_WEIGHTS;
    const answers = await this.parts.weights.answersWithLooks(ctx, MOST_CHOICES);
    const skus = [...new Set(answers.flatMap(({ looks }) => looks.flat()))];
    const pieces = await this.parts.outfits.pieces(ctx, skus);
    const choices = answers.flatMap((answer) => choiceOf(answer, pieces) ?? []);
    // shoppers wait meanwhile, but never for long
    const learned = await learnWeights(choices, before, setImmediate);
    const isAdopted = learned.isBetter && !dryRun;
    if (isAdopted) await this.parts.weights.saveWeights(ctx, learned.weights, learned.choices);
    return { ...learned, before, isAdopted };
  }

  /** Back to the weights that every store begins with. @returns whether there were others */
  async reset(ctx: StoreContext): Promise<boolean> {
    return this.parts.weights.forgetWeights(ctx);
  }
}

/** Null where nothing was chosen, or a piece has left the catalog. */
function choiceOf(answer: RecommendationWithOutfits, pieces: ReadonlyMap<string, OutfitItem>): OutfitChoice | null {
  const chosen = chosenOutfit(answer);
  if (chosen === null) return null;
  const looks = answer.looks.map((skus) => skus.flatMap((sku) => pieces.get(sku) ?? []));
  if (looks.some((look, i) => look.length < answer.looks[i]!.length)) return null;
  return { chosen, looks: looks.map(pairsOf) };
}

function pairsOf(look: readonly OutfitItem[]): number[][] {
  return look.flatMap((a, i) =>
    look.slice(i + 1).map((b) => {
      const { parts } = scorePair(a, b);
      return PAIR_PARTS.map((part) => parts[part].score);
    }),
  );
}
