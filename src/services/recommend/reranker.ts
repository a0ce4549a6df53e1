// From candidates to the order in which they are shown: by score, one of each garment's variants, as varied as is asked for, and
// what is pinned first.
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
  sides: Omit<RankingInput, 'rules'>;
  /** In the order in which the candidates say whether they match. */
  bending: readonly ScoringRule[];
  diversity: number;
  /** Colours that the words name. */
  colors: readonly string[];
  /** Whose features say how alike garments are. */
  model: string;
}

export class Reranker {
  constructor(private readonly embeddings: Pick<EmbeddingRepository, 'featuresOf'>) {}

  async rank(ctx: StoreContext, candidates: Candidate[], wish: RerankOptions): Promise<RankedGarment[]> {
    const { sides, bending: rules, colors } = wish;
    const plain = rankCandidates(candidates, { ...sides, rules });
    const folded = foldVariants(plain, { candidates, colors, rules });
    return withPins(await this.diversified(ctx, folded, wish), candidates, rules);
  }

  private async diversified(
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
