// Experiments: start, end and list, results by variant, and the settings of a shopper's variants.
// Running experiments are read for every request of a shopper, in parallel with the encoding, which takes longer.
import { isDeepStrictEqual } from 'node:util';
import { v7 as uuid } from 'uuid';
import {
  problemsOfExperiment,
  settingsFor,
  settingsTouched,
  type AssignedVariant,
  type Experiment,
  type ExperimentInput,
  type ExperimentSettings,
  type ExperimentVariant,
  newcombeDifference,
  shareOf,
  type Interval,
  type Share,
} from '../../domain/analytics/experiment.js';
import { FEEDBACK_KINDS, type FeedbackKind } from '../../domain/recommend/feedback.js';
import type { FusionMethod } from '../../domain/recommend/fusion.js';
import type { InputProblem } from '../../domain/catalog/garment.input.js';
import { isUuid, problemAt, problemWithin } from '../../domain/shared/input.problem.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { ExperimentRepository } from '../../store/experiment.repository.js';

/** Share of the shoppers of a variant with at least one event of a kind, compared with the first variant. */
export interface VariantRate extends Share {
  kind: FeedbackKind;
  shoppers: number;
  /** Difference to the first variant. Null for the first variant. */
  difference: (Interval & { difference: number }) | null;
}

export interface VariantResult extends ExperimentVariant {
  /** Number of recommendations. */
  answers: number;
  shoppers: number;
  rates: VariantRate[];
}

export class ExperimentService {
  constructor(private readonly experiments: ExperimentRepository) {}

  /** Returns all experiments, including those that have ended. */
  list(ctx: StoreContext): Promise<Experiment[]> {
    return this.experiments.list(ctx);
  }

  /** Returns the variants of a shopper in the running experiments, and their settings. */
  async settingsFor(
    ctx: StoreContext,
    shopper: string,
  ): Promise<{ assigned: AssignedVariant[]; settings: ExperimentSettings }> {
    return settingsFor(await this.experiments.running(ctx), shopper);
  }

  /**
   * Starts an experiment, or renames the one with the id of the input. Problems of the input are in `userErrors`.
   * @param methods fusion methods of the active model
   */
  async save(
    ctx: StoreContext,
    input: ExperimentInput,
    methods: readonly FusionMethod[],
  ): Promise<{ experiment: Experiment | null; userErrors: InputProblem[] }> {
    const problems = problemsOfExperiment(input, methods);
    if (problems.length === 0) problems.push(...(await this.problemsWithOthers(ctx, input)));
    const refused = (inputProblems: InputProblem[]) => ({
      experiment: null,
      userErrors: inputProblems.map((problem) => problemWithin('input', problem)),
    });
    if (problems.length > 0) return refused(problems);
    const toSave = { ...input, name: input.name.trim(), id: input.id ?? uuid(), startedAt: new Date() };
    const experiment = await this.experiments.save(ctx, toSave);
    return experiment ? { experiment, userErrors: [] } : refused([problemAt('variants', 'TOO_MANY_EXPERIMENTS')]);
  }

  /** Ends an experiment permanently. The next request is ranked without it. */
  async end(ctx: StoreContext, id: string): Promise<{ experiment: Experiment | null; userErrors: InputProblem[] }> {
    const experiment = isUuid(id) ? await this.experiments.end(ctx, id, new Date()) : null;
    return { experiment, userErrors: experiment ? [] : [problemAt('id', 'EXPERIMENT_NOT_FOUND')] };
  }

  /** Returns the results of the variants in their order, for the period of the recommendation log. */
  async results(ctx: StoreContext, { id, variants }: Pick<Experiment, 'id' | 'variants'>): Promise<VariantResult[]> {
    const counts = new Map((await this.experiments.counts(ctx, id)).map((count) => [count.variant, count]));
    const sharesOf = ({ name }: ExperimentVariant): { kind: FeedbackKind; shoppers: number; share: Share }[] => {
      const { shoppers: total = 0, did = {} } = counts.get(name) ?? {};
      return FEEDBACK_KINDS.map((kind) => ({ kind, shoppers: did[kind] ?? 0, share: shareOf(did[kind] ?? 0, total) }));
    };
    const baseline = sharesOf(variants[0]!);
    return variants.map((variant, index) => ({
      ...variant,
      answers: counts.get(variant.name)?.answers ?? 0,
      shoppers: counts.get(variant.name)?.shoppers ?? 0,
      rates: sharesOf(variant).map(({ kind, shoppers, share }, i) => ({
        kind,
        shoppers,
        ...share,
        difference: index === 0 ? null : newcombeDifference(share, baseline[i]!.share),
      })),
    }));
  }

  /** Returns the problems of an experiment that depend on the stored experiments. */
  private async problemsWithOthers(ctx: StoreContext, input: ExperimentInput): Promise<InputProblem[]> {
    const all = await this.experiments.list(ctx);
    const stored = all.find(({ id }) => id === input.id);
    if (stored) {
      return isDeepStrictEqual(stored.variants, input.variants)
        ? []
        : [problemAt('variants', 'EXPERIMENT_VARIANTS_FIXED')];
    }
    const touched = settingsTouched(input);
    const overlaps = all.some(
      (other) => other.endedAt === null && [...settingsTouched(other)].some((name) => touched.has(name)),
    );
    return overlaps ? [problemAt('variants', 'EXPERIMENT_OVERLAPS')] : [];
  }
}
