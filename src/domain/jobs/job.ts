// Work for later: what is asked for, by the name of the task that does it. Plain data; how it is kept and run is not known here.

/** Every kind of work there is; each has a file of its own in jobs/. */
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

/** What is to be done once an hour for every store, without anybody asking. */
export const HOURLY_TASKS = ['answers-expire', 'ranking-learn', 'golden-run'] as const satisfies readonly TaskName[];

export interface Job {
  task: TaskName;
  /** The store whose work it is: it is run within that store and sees no other. */
  storeId: string;
  /** Small and plain, since it is kept as JSON: ids and numbers, never rows, words of shoppers or pictures. */
  data: Record<string, string | number | boolean>;
  /** Higher comes first. Default 0; among equals the older one does. */
  priority?: number;
}

export const JOB_STATES = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const;
export type JobState = (typeof JOB_STATES)[number];
