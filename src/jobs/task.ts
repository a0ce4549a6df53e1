// What a task is: one kind of work, each in a file of its own beside this one, driving the same services as the API does.
import type { HeldJob } from '../store/job.queue.js';
import type { StoreContext } from '../domain/store.context.js';
import type { TaskName } from '../domain/job.js';

export interface Task {
  readonly name: TaskName;
  /**
   * Does the work. A job may come twice, even while its first holder is still at it, so the last thing that a task does is
   * one transaction that has no effect the second time.
   * @param signal aborted where the job is lost, or the process stops: what is done from there on is done for nothing
   */
  run(ctx: StoreContext, data: HeldJob['data'], signal: AbortSignal): Promise<void>;
  /** Every try has failed: puts down that the work will not be done. */
  giveUp(ctx: StoreContext, data: HeldJob['data']): Promise<void>;
}
