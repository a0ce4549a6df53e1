// Experiments over shoppers: some settings of the ranking, by variant, and which shopper has which. Nothing is stored of that:
// a variant is a hash of experiment and shopper, so every process, and every day, gives the same. Pure.
import { createHash } from 'node:crypto';
import type { FusionMethod } from '../recommend/fusion.js';
import type { InputProblem } from '../catalog/garment.input.js';
import { isUuid, nameProblems, problemAt, problemWithin } from '../shared/input.problem.js';
import { isName } from '../shared/text.js';
import { wilsonInterval } from './wilson.interval.js';

/** What of the ranking a variant may set; null: as without the experiment. */
export interface ExperimentSettings {
  fusion: FusionMethod | null;
  textWeight: number | null;
  imageWeight: number | null;
  diversity: number | null;
  /** How strongly a shopper's taste counts: 0 not at all, 1 as ever, 2 at most. */
  taste: number | null;
  /** Whether learned weights are used where the store has some in use. */
  learned: boolean | null;
}

export const NO_SETTINGS: ExperimentSettings = {
  fusion: null,
  textWeight: null,
  imageWeight: null,
  diversity: null,
  taste: null,
  learned: null,
};

export interface ExperimentVariant {
  name: string;
  /** How many shoppers get it, against the sum over all variants. */
  weight: number;
  settings: ExperimentSettings;
}

export interface Experiment {
  /** A UUID. */
  id: string;
  name: string;
  /** The first is what the others are compared with. */
  variants: ExperimentVariant[];
  startedAt: Date;
  /** Null: it runs. */
  endedAt: Date | null;
}

/** The same on its way in: without an id it becomes a new one. */
export interface ExperimentInput {
  id: string | null;
  name: string;
  variants: ExperimentVariant[];
}

/** Which variant of an experiment a shopper has. */
export interface AssignedVariant {
  /** The experiment's id. */
  experiment: string;
  /** The variant's name. */
  variant: string;
}

export const MAX_RUNNING = 10;
export const MAX_PROFILE_STRENGTH = 2;
const VARIANTS = { least: 2, most: 10 };
const MAX_NAME = 100;

/** A number 0 ≤ u < 1 for a shopper of an experiment: 48 bits of SHA-256, even over shoppers and apart between experiments. */
export function bucketOf(experiment: string, shopper: string): number {
  const digest = createHash('sha256').update(`${experiment}\0${shopper}`).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/** The variant whose share of [0, 1) the shopper's place lies in; shares are as the weights are. */
export function variantFor({ id, variants }: Pick<Experiment, 'id' | 'variants'>, shopper: string): ExperimentVariant {
  // the sum of two large weights is infinite: they are made small first
  const largest = Math.max(...variants.map(({ weight }) => weight));
  const sum = variants.reduce((total, { weight }) => total + weight / largest, 0);
  let left = bucketOf(id, shopper) * sum;
  for (const variant of variants) {
    left -= variant.weight / largest;
    if (left < 0) return variant;
  }
  // rounding may leave the last share a hair too short
  return variants.findLast(({ weight }) => weight > 0)!;
}

/** What a shopper's variants set, of several experiments together: no two that run set the same. */
export function settingsFor(
  experiments: readonly Experiment[],
  shopper: string,
): { assigned: AssignedVariant[]; settings: ExperimentSettings } {
  const chosen = experiments.map((experiment) => ({ experiment, variant: variantFor(experiment, shopper) }));
  const given = chosen.flatMap(({ variant }) => Object.entries(variant.settings).filter(([, value]) => value !== null));
  return {
    assigned: chosen.map(({ experiment, variant }) => ({ experiment: experiment.id, variant: variant.name })),
    settings: { ...NO_SETTINGS, ...Object.fromEntries(given) },
  };
}

/** The settings that any variant of an experiment sets. */
export function settingsTouched({ variants }: Pick<Experiment, 'variants'>): Set<string> {
  const names = variants.flatMap(({ settings }) =>
    Object.entries(settings).flatMap(([name, value]) => (value === null ? [] : [name])),
  );
  return new Set(names);
}

/** All that is wrong with an experiment by itself. @param methods that the running model offers */
export function problemsOfExperiment(input: ExperimentInput, methods: readonly FusionMethod[]): InputProblem[] {
  const { id, name, variants } = input;
  const names = new Set(variants.map((variant) => variant.name));
  const isCount =
    variants.length >= VARIANTS.least && variants.length <= VARIANTS.most && names.size === variants.length;
  return [
    ...(id !== null && !isUuid(id) ? [problemAt('id', 'ARGUMENT_INVALID')] : []),
    ...nameProblems(name),
    ...(isCount ? [] : [problemAt('variants', 'EXPERIMENT_VARIANTS_INVALID')]),
    ...(settingsTouched(input).size === 0 ? [problemAt('variants', 'EXPERIMENT_SETTINGS_INVALID')] : []),
    ...variants.flatMap((variant, i) =>
      problemsOfVariant(variant, methods).map((problem) =>
        problemWithin('variants', problemWithin(String(i), problem)),
      ),
    ),
  ];
}

function problemsOfVariant(
  { name, weight, settings }: ExperimentVariant,
  methods: readonly FusionMethod[],
): InputProblem[] {
  const isOffered = settings.fusion === null || methods.includes(settings.fusion);
  return [
    ...(isName(name, MAX_NAME) ? [] : [problemAt('name', 'NAME_INVALID')]),
    ...(weight > 0 && Number.isFinite(weight) ? [] : [problemAt('weight', 'EXPERIMENT_VARIANTS_INVALID')]),
    ...(areWithinBounds(settings) ? [] : [problemAt('settings', 'EXPERIMENT_SETTINGS_INVALID')]),
    ...(isOffered ? [] : [problemAt('settings', 'FUSION_METHOD_UNSUPPORTED')]),
  ];
}

function areWithinBounds({ textWeight, imageWeight, diversity, taste }: ExperimentSettings): boolean {
  const within = (value: number | null, most: number): boolean => value === null || (value >= 0 && value <= most);
  const areWeights = within(textWeight, Number.MAX_VALUE) && within(imageWeight, Number.MAX_VALUE);
  const areBothNothing = textWeight === 0 && imageWeight === 0;
  return areWeights && !areBothNothing && within(diversity, 1) && within(taste, MAX_PROFILE_STRENGTH);
}

export interface Interval {
  low: number;
  high: number;
}

export interface Share extends Interval {
  /** 0…1; 0 where there is nobody. */
  rate: number;
}

/** A share of n with Wilson's interval. Nobody: 0…1. */
export function shareOf(count: number, n: number): Share {
  const { value: rate, low, high } = wilsonInterval(count, n) ?? { value: 0, low: 0, high: 1 };
  return { rate, low, high };
}

/**
 * The difference a − b of two shares of different shoppers, by Newcombe's method 10 (1998): from the Wilson intervals
 * (l, u) of both, [d − √((a − l_a)² + (u_b − b)²), d + √((u_a − a)² + (b − l_b)²)].
 */
export function newcombeDifference(a: Share, b: Share): Interval & { difference: number } {
  const difference = a.rate - b.rate;
  return {
    difference,
    low: difference - Math.hypot(a.rate - a.low, b.high - b.rate),
    high: difference + Math.hypot(a.high - a.rate, b.rate - b.low),
  };
}
