// Background jobs: their task names, data and states.

/** Every background task. jobs/tasks.ts implements each of them. */
export const TASK_NAMES = [
  'import-read',
  'import-store',
  'import-compare',
  'reembed',
  'model-forget',
  'answers-expire',
  'ranking-learn',
  'golden-run',
  'catalog-map',
] as const;
export type TaskName = (typeof TASK_NAMES)[number];

/** Tasks that the scheduler starts once an hour for every store. */
export const HOURLY_TASKS = ['answers-expire', 'ranking-learn', 'golden-run'] as const satisfies readonly TaskName[];

export interface Job {
  task: TaskName;
  /** The store that the job belongs to. The job sees no other store. */
  storeId: string;
  /** Stored as JSON, so it stays small: ids and numbers, never rows, shopper text or pictures. */
  data: Record<string, string | number | boolean>;
  /** A higher priority runs first, then the older job. Default 0. */
  priority?: number;
}

export const JOB_STATES = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const;
export type JobState = (typeof JOB_STATES)[number];
