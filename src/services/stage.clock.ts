// Measures the stages of one request: for the metrics, and for the record of its answer.
export class StageClock<Stage extends string> {
  /** Milliseconds by stage. */
  readonly stages: Partial<Record<Stage, number>> = {};
  private readonly startedAt = performance.now();

  constructor(private readonly observe: (stage: Stage, ms: number) => void = () => undefined) {}

  async time<Result>(stage: Stage, work: () => Promise<Result>): Promise<Result> {
    const started = performance.now();
    try {
      return await work();
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
