// Measures the stages of one request: for the metrics, for its trace, and for the record of its answer.
import { tracedWithin } from './tracing.js';

export class StageTimer<Stage extends string> {
  /** Milliseconds by stage. */
  readonly stages: Partial<Record<Stage, number>> = {};
  private readonly startedAt = performance.now();

  constructor(private readonly observe: (stage: Stage, ms: number) => void = () => undefined) {}

  async time<Result>(stage: Stage, work: () => Promise<Result>): Promise<Result> {
    const started = performance.now();
    try {
      return await tracedWithin(stage, {}, work);
    } finally {
      const ms = performance.now() - started;
      this.stages[stage] = ms;
      this.observe(stage, ms);
    }
  }

  /** Milliseconds since the clock was made. */
  elapsed(): number {
    return performance.now() - this.startedAt;
  }
}
