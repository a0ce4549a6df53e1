// Experiments: begun, ended, listed with what came of them, and what they set for a shopper. Those that run are read anew for
// every request of a shopper, beside the encoding, which takes longer.
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

/** How many shoppers of a variant did something, against those of the first. */
export interface VariantRate extends Share {
  kind: FeedbackKind;
  shoppers: number;
  /** Null of the first variant. */
  difference: (Interval & { difference: number }) | null;
}

export interface VariantResult extends ExperimentVariant {
  answers: number;
  shoppers: number;
  rates: VariantRate[];
}

export class ExperimentService {
  constructor(private readonly experiments: ExperimentRepository) {}

  list(ctx: StoreContext): Promise<Experiment[]> {
    return this.experiments.list(ctx);
  }

  /** Which variants a shopper has, and what those set. */
  async settingsFor(
    ctx: StoreContext,
    shopper: string,
  ): Promise<{ assigned: AssignedVariant[]; settings: ExperimentSettings }> {
    return settingsFor(await this.experiments.running(ctx), shopper);
  }

  /**
   * Begins one, or renames the one of that id. What is wrong with it is data.
   * @param methods of fusion that the running model offers
   */
  async save(
    ctx: StoreContext,
    input: ExperimentInput,
    methods: readonly FusionMethod[],
  ): Promise<{ experiment: Experiment | null; userErrors: InputProblem[] }> {
    const problems = problemsOfExperiment(input, methods);
    if (problems.length === 0) problems.push(...(await this.problemsBesideOthers(ctx, input)));
    const refused = (found: InputProblem[]) => ({
      experiment: null,
      userErrors: found.map((problem) => problemWithin('input', problem)),
    });
    if (problems.length > 0) return refused(problems);
    const begun = { ...input, name: input.name.trim(), id: input.id ?? uuid(), startedAt: new Date() };
    const experiment = await this.experiments.save(ctx, begun);
    return experiment ? { experiment, userErrors: [] } : refused([problemAt('variants', 'TOO_MANY_EXPERIMENTS')]);
  }

  /** Ends one for good: from the next request on everybody is answered without it. */
  async end(ctx: StoreContext, id: string): Promise<{ experiment: Experiment | null; userErrors: InputProblem[] }> {
    const experiment = isUuid(id) ? await this.experiments.end(ctx, id, new Date()) : null;
    return { experiment, userErrors: experiment ? [] : [problemAt('id', 'EXPERIMENT_NOT_FOUND')] };
  }

  /** What came of its variants, in their order, as far back as answers are kept. */
  async results(ctx: StoreContext, { id, variants }: Pick<Experiment, 'id' | 'variants'>): Promise<VariantResult[]> {
    const counts = new Map((await this.experiments.counts(ctx, id)).map((one) => [one.variant, one]));
    const sharesOf = ({ name }: ExperimentVariant): { kind: FeedbackKind; shoppers: number; share: Share }[] => {
      const { shoppers: all = 0, did = {} } = counts.get(name) ?? {};
      return FEEDBACK_KINDS.map((kind) => ({ kind, shoppers: did[kind] ?? 0, share: shareOf(did[kind] ?? 0, all) }));
    };
    const first = sharesOf(variants[0]!);
    return variants.map((variant, place) => ({
      ...variant,
      answers: counts.get(variant.name)?.answers ?? 0,
      shoppers: counts.get(variant.name)?.shoppers ?? 0,
      rates: sharesOf(variant).map(({ kind, shoppers, share }, i) => ({
        kind,
        shoppers,
        ...share,
        difference: place === 0 ? null : newcombeDifference(share, first[i]!.share),
      })),
    }));
  }

  private async problemsBesideOthers(ctx: StoreContext, input: ExperimentInput): Promise<InputProblem[]> {
    const all = await this.experiments.list(ctx);
    const known = all.find(({ id }) => id === input.id);
    if (known) {
      return isDeepStrictEqual(known.variants, input.variants)
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
