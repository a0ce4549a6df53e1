// The history of golden queries over a test's server, run when a test says so.
import { GoldenQueryHistory } from '../../src/services/recommend/golden.query.history.js';
import { GoldenRunRepository } from '../../src/store/golden.repository.js';
import type { TestApp } from './app.js';

/** With the server's own model. @param now the clock that runs are dated by; absent: this machine's */
export function goldenHistoryOf({ app }: TestApp, now?: () => Date): GoldenQueryHistory {
  const runs = new GoldenRunRepository(app.database);
  return new GoldenQueryHistory({ runs, models: { serve: (_ctx, work) => work(app.own) }, now });
}
