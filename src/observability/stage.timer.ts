// Durations of the stages of one request, for metrics, trace and recommendation log.
import { tracedWithin } from './tracing.js';

export class StageTimer<Stage extends string> {
  /** Milliseconds by stage. */
  readonly stages: Partial<Record<Stage, number>> = {};
  private readonly startedAt = performance.now();

  constructor(private readonly observe: (stage: Stage, ms: number) => void = () => undefined) {}

  /** Runs `work` as a stage, and measures it even if it fails. */
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

  /** Returns the milliseconds since the timer was created. */
  elapsed(): number {
    return performance.now() - this.startedAt;
  }
}
