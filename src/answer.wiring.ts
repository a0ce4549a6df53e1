// What answers leave behind and what comes of it, wired by hand: the log, feedback, experiments, learned weights, and what of all that
// holds for the next request.
import type { CoreParts } from './core.js';
import { AnswerLog } from './services/answer.log.js';
import { AnswersService } from './services/answers.service.js';
import { ExperimentService } from './services/experiment.service.js';
import { FeedbackService } from './services/feedback.service.js';
import { LearningService } from './services/learning.service.js';
import type { ModelRegistry } from './services/model.registry.js';
import { ReplayService } from './services/replay.service.js';
import { RequestCircumstances } from './services/request.circumstances.js';
import type { RuleService } from './services/rule.service.js';
import type { StoreModels } from './services/store.models.js';
import { WhatIfService } from './services/what.if.service.js';
import { AnswerRepository } from './store/answer.repository.js';
import type { Database } from './store/database.js';
import { ExperimentRepository } from './store/experiment.repository.js';
import { FeedbackRepository } from './store/feedback.repository.js';
import { GarmentRepository } from './store/garment.repository.js';
import { LearningRepository } from './store/learning.repository.js';
import { RuleRepository } from './store/rule.repository.js';
import { ShopperKeys } from './store/shopper.keys.js';

export interface AnswerServices {
  log: AnswerLog;
  feedback: FeedbackService;
  answers: AnswersService;
  experiments: ExperimentService;
  learning: LearningService;
  circumstances: RequestCircumstances;
}

export function wireAnswers(
  { config, logger, onDroppedAnswers }: Pick<CoreParts, 'config' | 'logger' | 'onDroppedAnswers'>,
  database: Database,
  rules: RuleService,
): AnswerServices {
  const answers = new AnswerRepository(database);
  const rows = new FeedbackRepository(database);
  const garments = new GarmentRepository(database);
  const shoppers = new ShopperKeys(database);
  const log = new AnswerLog({ answers, shoppers, logger, onDropped: onDroppedAnswers });
  const feedback = new FeedbackService({ feedback: rows, shoppers, log });
  const experiments = new ExperimentService(new ExperimentRepository(database));
  const learning = new LearningService(new LearningRepository(database));
  const keptForDays = config.answersKeptForDays;
  return {
    log,
    feedback,
    answers: new AnswersService({ answers, feedback: rows, garments, log, keptForDays }),
    experiments,
    learning,
    circumstances: new RequestCircumstances({ rules, learning, experiments, tastes: feedback }),
  };
}

/** Past requests asked again, as they were or under other settings. */
export function wireReplays(
  database: Database,
  parts: { circumstances: RequestCircumstances; models: StoreModels; registry: ModelRegistry },
): { replays: ReplayService; whatIf: WhatIfService } {
  const again = { ...parts, answers: new AnswerRepository(database), garments: new GarmentRepository(database) };
  return {
    replays: new ReplayService({ ...again, rules: new RuleRepository(database) }),
    whatIf: new WhatIfService(again),
  };
}
