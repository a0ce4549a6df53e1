// Experiments: ranking settings by variant, and the variant of each shopper.
// Assignments are not stored. A hash of experiment and shopper gives every process the same variant on every day.
import { createHash } from 'node:crypto';
import type { FusionMethod } from '../recommend/fusion.js';
import type { InputProblem } from '../catalog/garment.input.js';
import { isUuid, nameProblems, problemAt, problemWithin } from '../shared/input.problem.js';
import { isName } from '../shared/text.js';
import { wilsonInterval } from './wilson.interval.js';

/** Ranking settings that a variant can set; null leaves a setting unchanged. */
export interface ExperimentSettings {
  fusion: FusionMethod | null;
  textWeight: number | null;
  imageWeight: number | null;
  diversity: number | null;
  /** Strength of the shopper profile: 0 disables it, 1 is the default, 2 is the maximum. */
  taste: number | null;
  /** False disables the store's learned weights; true uses them if the store has any. */
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
  /** Share of shoppers, relative to the sum over all variants. */
  weight: number;
  settings: ExperimentSettings;
}

export interface Experiment {
  /** A UUID. */
  id: string;
  name: string;
  /** The first variant is the control. */
  variants: ExperimentVariant[];
  startedAt: Date;
  /** Null while the experiment runs. */
  endedAt: Date | null;
}

/** An experiment to save. A null id creates a new experiment. */
export interface ExperimentInput {
  id: string | null;
  name: string;
  variants: ExperimentVariant[];
}

/** A shopper's variant in an experiment. */
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

/** Returns 0 ≤ u < 1 for a shopper: 48 bits of SHA-256, uniform over shoppers and independent between experiments. */
export function bucketOf(experiment: string, shopper: string): number {
  const digest = createHash('sha256').update(`${experiment}\0${shopper}`).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/** Returns the variant whose share of [0, 1) contains the shopper's bucket. */
export function variantFor({ id, variants }: Pick<Experiment, 'id' | 'variants'>, shopper: string): ExperimentVariant {
  // The sum of two large weights can be infinite, so they are scaled down first.
  const largest = Math.max(...variants.map(({ weight }) => weight));
  const sum = variants.reduce((total, { weight }) => total + weight / largest, 0);
  let left = bucketOf(id, shopper) * sum;
  for (const variant of variants) {
    left -= variant.weight / largest;
    if (left < 0) return variant;
  }
  // Rounding can leave the last share slightly too short.
  return variants.findLast(({ weight }) => weight > 0)!;
}

/** Returns a shopper's variants and their combined settings. No two running experiments set the same setting. */
export function settingsFor(
  experiments: readonly Experiment[],
  shopper: string,
): { assigned: AssignedVariant[]; settings: ExperimentSettings } {
  const chosen = experiments.map((experiment) => ({ experiment, variant: variantFor(experiment, shopper) }));
  const setEntries = chosen.flatMap(({ variant }) =>
    Object.entries(variant.settings).filter(([, value]) => value !== null),
  );
  return {
    assigned: chosen.map(({ experiment, variant }) => ({ experiment: experiment.id, variant: variant.name })),
    settings: { ...NO_SETTINGS, ...Object.fromEntries(setEntries) },
  };
}

/** Returns the names of the settings that any variant of an experiment sets. */
export function settingsTouched({ variants }: Pick<Experiment, 'variants'>): Set<string> {
  const names = variants.flatMap(({ settings }) =>
    Object.entries(settings).flatMap(([name, value]) => (value === null ? [] : [name])),
  );
  return new Set(names);
}

/** Returns every problem that an experiment has on its own. @param methods the active model's fusion methods */
export function problemsOfExperiment(input: ExperimentInput, methods: readonly FusionMethod[]): InputProblem[] {
  const { id, name, variants } = input;
  const names = new Set(variants.map((variant) => variant.name));
  const hasValidVariants =
    variants.length >= VARIANTS.least && variants.length <= VARIANTS.most && names.size === variants.length;
  return [
    ...(id !== null && !isUuid(id) ? [problemAt('id', 'ARGUMENT_INVALID')] : []),
    ...nameProblems(name),
    ...(hasValidVariants ? [] : [problemAt('variants', 'EXPERIMENT_VARIANTS_INVALID')]),
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
  const areBothZero = textWeight === 0 && imageWeight === 0;
  return areWeights && !areBothZero && within(diversity, 1) && within(taste, MAX_PROFILE_STRENGTH);
}

export interface Interval {
  low: number;
  high: number;
}

export interface Share extends Interval {
  /** 0…1; 0 without shoppers. */
  rate: number;
}

/** Returns a share of n with its Wilson interval. Without shoppers the interval is 0…1. */
export function shareOf(count: number, n: number): Share {
  const { value: rate, low, high } = wilsonInterval(count, n) ?? { value: 0, low: 0, high: 1 };
  return { rate, low, high };
}

/**
 * Returns the difference a − b of the shares of two groups of shoppers, by Newcombe's method 10 (1998): from the Wilson
 * intervals (l, u) of both, [d − √((a − l_a)² + (u_b − b)²), d + √((u_a − a)² + (b − l_b)²)].
 */
export function newcombeDifference(a: Share, b: Share): Interval & { difference: number } {
  const difference = a.rate - b.rate;
  return {
    difference,
    low: difference - Math.hypot(a.rate - a.low, b.high - b.rate),
    high: difference + Math.hypot(a.high - a.rate, b.rate - b.low),
  };
}
