// Runs a store's golden queries once a day. Given up it does no harm: the next hour tries again.
import type { GoldenHistory } from '../services/golden.history.js';
import type { Task } from './task.js';

export function goldenRunTask(history: Pick<GoldenHistory, 'runDaily'>): Task {
  return { name: 'golden-run', run: (ctx) => history.runDaily(ctx), giveUp: () => Promise.resolve() };
}
