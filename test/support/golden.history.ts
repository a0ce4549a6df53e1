// The history of golden queries of a test server, run only when a test asks for it.
import { GoldenQueryHistory } from '../../src/services/recommend/golden.query.history.js';
import { GoldenRunRepository } from '../../src/store/golden.repository.js';
import type { TestApp } from './app.js';

/** Returns the history, with the server's own model. @param now clock of the runs; the system clock when absent */
export function goldenHistoryOf({ app }: TestApp, now?: () => Date): GoldenQueryHistory {
  const runs = new GoldenRunRepository(app.database);
  return new GoldenQueryHistory({ runs, models: { serve: (_ctx, work) => work(app.own) }, now });
}
