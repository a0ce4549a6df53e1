// Inputs of the benchmark, prepared before the measurement: one request in the form that each contestant needs.
// The statements are recorded while the real service handles the request once in this process.
import { DEFAULT_STORE_ID } from '../src/domain/access/store.context.js';
import type { Encoders } from '../src/inference/encoders.js';
import { ExperimentService } from '../src/services/recommend/experiment.service.js';
import { QueryEncoder } from '../src/services/recommend/query.encoder.js';
import { FilterValidator } from '../src/services/recommend/filter.validator.js';
import { RankLearningService } from '../src/services/recommend/rank.learning.service.js';
import { RecommendService } from '../src/services/recommend/recommend.service.js';
import { RankingContextReader } from '../src/services/recommend/ranking.context.js';
import { QueryFuser } from '../src/services/recommend/query.fuser.js';
import { QueryUnderstander, readSynonyms } from '../src/services/recommend/query.understander.js';
import { RareTermSearch } from '../src/store/rare.term.search.js';
import { Reranker } from '../src/services/recommend/reranker.js';
import { MerchandisingRuleService } from '../src/services/recommend/merchandising.rule.service.js';
import { EmbeddingRepository } from '../src/store/embedding.repository.js';
import { ExperimentRepository } from '../src/store/experiment.repository.js';
import { GarmentRepository } from '../src/store/garment.repository.js';
import { LearningRepository } from '../src/store/learning.repository.js';
import { RuleRepository } from '../src/store/rule.repository.js';
import type { BareModel } from './bare.pipeline.js';
import type { Input } from './inputs.js';
import type { BenchInput } from './latency.js';
import { prepare } from './shopper.client.js';
import { statementsDuring } from './statement.recorder.js';
import type { Database } from '../src/store/database/database.types.js';

/** The same page size as in the request of shopper.client.ts. */
const PAGE = { first: 12 };

/**
 * Returns a function that prepares one input. Do not call it concurrently, because it records the statements of a pool.
 */
export function inputMaker(database: Database, encoders: Encoders, model: BareModel) {
  const garments = new GarmentRepository(database);
  const embeddings = new EmbeddingRepository(database);
  const filters = new FilterValidator(garments);
  const reader = new QueryEncoder({ encoders, garments, embeddings });
  const service = new RecommendService({
    encoders,
    encoder: reader,
    understander: new QueryUnderstander(encoders, readSynonyms()),
    fuser: new QueryFuser(encoders),
    context: new RankingContextReader({
      rules: new MerchandisingRuleService({ rules: new RuleRepository(database), filters }),
      rankLearning: new RankLearningService(new LearningRepository(database)),
      experiments: new ExperimentService(new ExperimentRepository(database)),
      // the benchmark sends requests of an anonymous shopper
      profiles: { profile: () => Promise.resolve(null), profileOfHash: () => Promise.resolve(null) },
    }),
    filters,
    garments,
    embeddings,
    rareTerms: new RareTermSearch(database),
    synonyms: readSynonyms(),
    reranker: new Reranker(embeddings),
  });
  const context = { storeId: DEFAULT_STORE_ID };

  return async (input: Input): Promise<BenchInput> => {
    const request =
      input.kind === 'words' ? { text: input.text } : { image: { kind: 'bytes' as const, bytes: input.bytes } };
    const statements = await statementsDuring(database, async () => {
      await service.page(context, await service.recommend(context, request, PAGE.first), PAGE);
    });
    if (statements.length === 0) throw new Error('no statement was recorded: the baseline would be too low');
    return { request: prepare(input), model: await model.prepare(input), statements };
  };
}
