// Learns a store's weights from its log, with the model that it has by then. Given up it does no harm: the ranking stays as it is.
import type { LearningService } from '../services/learning.service.js';
import type { StoreModels } from '../services/store.models.js';
import type { Task } from './task.js';

export function rankingLearnTask(
  learning: Pick<LearningService, 'learnDaily'>,
  models: Pick<StoreModels, 'serve'>,
): Task {
  return {
    name: 'ranking-learn',
    run: (ctx) => models.serve(ctx, ({ encoders }) => learning.learnDaily(ctx, encoders.bundle.id)),
    giveUp: () => Promise.resolve(),
  };
}
