// Drops the vectors of a model that a store has no more use for. Given up it does no harm: they lie there and are not searched.
import type { ReembeddingSteps } from '../services/reembedding.steps.js';
import type { Task } from './task.js';

export function modelForgetTask(steps: Pick<ReembeddingSteps, 'forget'>): Task {
  return {
    name: 'model-forget',
    run: (ctx, { bundle, model }, signal) =>
      steps.forget(ctx, { bundle: String(bundle), model: String(model) }, signal),
    giveUp: () => Promise.resolve(),
  };
}
