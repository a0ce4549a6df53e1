// Re-ranking of candidates: by score, one variant of each garment, MMR, pinned garments first.
import type { Candidate } from '../../domain/recommend/candidate.js';
import { rerankByMmr, MMR_DEPTH } from '../../domain/recommend/mmr.js';
import type { ScoringRule } from '../../domain/recommend/merchandising.rule.js';
import { withPins } from '../../domain/recommend/pinning.js';
import { rankCandidates, type RankingInput } from '../../domain/recommend/ranking.js';
import type { RankedGarment } from '../../domain/recommend/recommendation.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { foldVariants } from '../../domain/recommend/variant.folding.js';
import type { EmbeddingRepository } from '../../store/embedding.repository.js';

export interface RerankOptions {
  scoring: Omit<RankingInput, 'rules'>;
  /** Rules in the order of `Candidate.ruleMatches`. */
  rules: readonly ScoringRule[];
  diversity: number;
  /** Colors that the text names. */
  colors: readonly string[];
  /** The model whose features give the similarity between garments. */
  model: string;
}

export class Reranker {
  constructor(private readonly embeddings: Pick<EmbeddingRepository, 'featuresOf'>) {}

  /** Returns all candidates but folded variants, best first. */
  async rerank(ctx: StoreContext, candidates: Candidate[], options: RerankOptions): Promise<RankedGarment[]> {
    const { scoring, rules, colors } = options;
    const ranked = rankCandidates(candidates, { ...scoring, rules });
    const folded = foldVariants(ranked, { candidates, colors, rules });
    return withPins(await this.diversify(ctx, folded, options), candidates, rules);
  }

  private async diversify(
    ctx: StoreContext,
    ranked: RankedGarment[],
    { diversity, model }: RerankOptions,
  ): Promise<RankedGarment[]> {
    if (diversity === 0 || ranked.length === 0) return ranked;
    const ids = ranked.slice(0, MMR_DEPTH).map(({ garmentId }) => garmentId);
    const stored = await this.embeddings.featuresOf(ctx, model, ids);
    return rerankByMmr(ranked, diversity, new Map([...stored].map(([id, { features }]) => [id, features])));
  }
}
