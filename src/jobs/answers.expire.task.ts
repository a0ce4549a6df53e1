// Drops answers, and what shoppers did with them, whose time is over. Given up it does no harm: the next hour's job does it.
import type { AnswersService } from '../services/answers.service.js';
import type { Task } from './task.js';

export function answersExpireTask(answers: Pick<AnswersService, 'expire'>): Task {
  return {
    name: 'answers-expire',
    run: (ctx, _, signal) => answers.expire(ctx, signal),
    giveUp: () => Promise.resolve(),
  };
}
