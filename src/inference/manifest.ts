// The schema of manifest.json.
import { z } from 'zod';
import { SIGNALS } from '../domain/recommend/confidence.js';
import { FUSION_METHODS } from '../domain/recommend/fusion.js';
import { GARMENT_TYPES } from '../domain/catalog/garment.js';
import { file, head, imageModel, sha256, textModel } from './manifest.models.js';

const probability = z.number().min(0).max(1);
const cosine = z.number().min(-1).max(1);
const weights = z
  .object({ text: z.number().nonnegative(), image: z.number().nonnegative() })
  .refine((pair) => pair.text + pair.image > 0, 'are both 0');
const names = z.object({ name: z.string().min(1), version: z.string().min(1) });

const fusion = z
  .object({
    methods: z.array(z.enum(FUSION_METHODS)).min(1),
    default: z.enum(FUSION_METHODS),
    weights: z.partialRecord(z.enum(FUSION_METHODS), weights),
    /** (a, b) of the weighted average [a·q ; b·q], by the modalities of the request. */
    halves: z.object({ text: weights, image: weights, both: weights }),
    /** The network of ATTENTION: q from text, picture and weights, then [a·q ; b·q] with these `halves`. */
    attention: z.object({ file, sha256, halves: weights }).optional(),
  })
  .refine((value) => value.methods.includes(value.default), 'has a default that is not among its methods')
  .refine((value) => value.methods.every((method) => value.weights[method]), 'lacks the weights of a method')
  .refine((value) => value.attention || !value.methods.includes('ATTENTION'), {
    path: ['attention'],
    error: 'is missing, but "methods" offers ATTENTION: set the network\'s file, its SHA-256 and its halves',
  });

const confidenceModel = z.object({ intercept: z.number(), weights: z.record(z.enum(SIGNALS), z.number()) });

/** One figure of an evaluation, with its 95 % interval if one was measured. */
export const metricSchema = z.object({
  name: z.string().min(1),
  value: z.number(),
  rows: z.number().int().nonnegative(),
  low: z.number().optional(),
  high: z.number().optional(),
});

/** All fields of manifest.json. models/training/README.md documents each one. */
const wholeManifest = names.extend({
  license: z.string().min(1),
  /** Sources of pulled files. */
  source: z
    .array(z.object({ repository: z.string().min(1), revision: z.string().min(1), license: z.string().min(1) }))
    .optional(),
  /** ISO 8601. */
  trainedAt: z.iso.datetime({ offset: true }),
  /** Length of F_t and of F_i. */
  dimensions: z.number().int().min(1).max(4096),
  /** True if texts and pictures share one space, so that one finds the other. */
  aligned: z.boolean(),
  /** Lengths of the parts of an embedding, in this order. Absent for embeddings without separate parts. */
  blocks: z.object({ type: z.number().int(), colour: z.number().int(), style: z.number().int() }).optional(),
  text: textModel,
  image: imageModel,
  head,
  /** SHA-256 of every further file, tokenizer_config.json among them. */
  files: z.record(file, sha256),
  fusion,
  categoryToGarmentType: z.record(z.string(), z.enum(GARMENT_TYPES)),
  colorFamilies: z.record(z.string(), z.string()),
  thresholds: z.object({
    /** Best cosine of a recommendation below which it is WEAK. */
    weakBelow: z.object({ text: cosine, image: cosine, both: cosine }),
    /** Minimum probabilities for a text to count as naming a color, a type, a category. */
    colorNamed: probability,
    typeNamed: probability,
    categoryNamed: probability,
    /** The same for a gender and a usage. Older manifests lack them. */
    genderNamed: probability.default(0.8),
    usageNamed: probability.default(0.8),
    /**
     * Minimum probability of the likeliest category for a picture to count as a fashion item. None of 1,200 validation
     * products and two of 300 photos taken at home are below this default. Noise, gradients and most plain shades are
     * below it.
     */
    categoryShown: probability.default(0.15),
    /** Minimum probability of the picture's type for a contradiction with a text that names another type. */
    contradiction: probability,
    /** Minimum cosine of two near-duplicate pictures. */
    nearDuplicate: cosine,
  }),
  /**
   * Logistic regressions of the probability that the catalog has a good match, by the modalities of the request; fitted
   * by `fitroom calibrate`.
   */
  confidence: z.object({ text: confidenceModel, image: confidenceModel, both: confidenceModel }).optional(),
  /** Figures measured on the test split, with 95 % bootstrap intervals. */
  metrics: z.array(metricSchema),
});

export const manifestSchema = wholeManifest
  .refine(({ aligned, head: { kind } }) => aligned || kind !== 'zero-shot', {
    path: ['head', 'kind'],
    error: 'zero-shot needs text and pictures in one space',
  })
  .refine(({ aligned, fusion: { methods } }) => aligned || methods.every((method) => method === 'CONCATENATION'), {
    path: ['fusion', 'methods'],
    error: 'text and pictures that share no space can only be concatenated',
  });

export type Manifest = z.infer<typeof manifestSchema>;
