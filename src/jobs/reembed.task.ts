// One step of a switch from one model to another; it queues the next one itself.
import type { ReembeddingSteps } from '../services/reembedding.steps.js';
import type { Task } from './task.js';

export function reembedTask(steps: Pick<ReembeddingSteps, 'take' | 'giveUp'>): Task {
  return {
    name: 'reembed',
    run: (ctx, { id, step }, signal) => steps.take(ctx, { id: String(id), step: Number(step) }, signal),
    giveUp: (ctx, { id }) => steps.giveUp(ctx, String(id)),
  };
}
