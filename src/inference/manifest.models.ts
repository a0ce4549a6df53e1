// Manifest schemas of the text encoder, the picture encoder and the head.
// The defaults describe the project's own graphs; the other options describe graphs exported elsewhere.
import { z } from 'zod';
import { GARMENT_TYPES } from '../domain/catalog/garment.js';
import { HEAD_OUTPUTS } from '../domain/recommend/classification.js';

// a plain name: a manifest must not refer to files outside its folder
export const file = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'is not a plain file name');
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in lower-case hex');
const labels = z.array(z.string().min(1)).min(2);
const channels = z.tuple([z.number(), z.number(), z.number()]);

/** The output of a graph that holds the feature, and how it becomes one vector of length 1 per row. */
const output = z.object({
  name: z.string().min(1),
  /**
   * none: [batch, dimensions] unchanged. cls, mean: from [batch, tokens, dimensions], the first token or the mean of
   * all real tokens.
   */
  pooling: z.enum(['none', 'cls', 'mean']),
  /** True if the rows still need scaling to length 1. */
  normalize: z.boolean(),
});
const ownOutput: z.infer<typeof output> = { name: 'embedding', pooling: 'none', normalize: false };

export const TOKEN_INPUTS = ['input_ids', 'attention_mask', 'token_type_ids'] as const;

export const textModel = z.object({
  file,
  sha256,
  encoder: z.string().min(1),
  tokenizer: file,
  maxTokens: z.number().int().min(3),
  /** Inputs of the graph, each int64 [batch, tokens]. */
  inputs: z.array(z.enum(TOKEN_INPUTS)).min(1).default(['input_ids', 'attention_mask']),
  /**
   * Token that pads every row to maxTokens, for encoders that were trained with such rows. Null pads rows to the
   * longest one of the batch.
   */
  paddedWith: z.number().int().nonnegative().nullable().default(null),
  output: output.default(ownOutput),
});

export const imageModel = z
  .object({
    file,
    sha256,
    encoder: z.string().min(1),
    /** Side of the square input in pixels. */
    size: z.number().int().min(1).max(1024),
    letterbox: z.object({ kernel: z.literal('lanczos3'), background: z.literal('border') }).optional(),
    /**
     * squash: to the square, whatever the shape. crop: the shorter side to `size`, then the middle. cubic is
     * Catmull-Rom.
     */
    resize: z.object({ fit: z.enum(['squash', 'crop']), kernel: z.enum(['linear', 'cubic', 'lanczos3']) }).optional(),
    /**
     * (pixel / 255 − mean) / std as float32 [batch, 3, size, size]. Null for uint8 [batch, size, size, 3] named
     * `pixels`.
     */
    tensor: z
      .object({ name: z.string().min(1), mean: channels, std: channels })
      .nullable()
      .default(null),
    output: output.default(ownOutput),
  })
  .refine((image) => !image.letterbox !== !image.resize, 'has either "letterbox" or "resize"');

const labelFields = {
  labels: z.object({
    // Stored probabilities use this order, whichever bundle computed them.
    garmentType: z.tuple(GARMENT_TYPES.map((type) => z.literal(type)) as [z.ZodLiteral, ...z.ZodLiteral[]]),
    category: labels,
    color: labels,
    gender: labels,
    usage: labels,
  }),
  temperatures: z.record(z.enum(HEAD_OUTPUTS), z.number().positive()),
};

const heads = z.discriminatedUnion('kind', [
  /** A trained graph on F = [F_t ; F_i]: from the input `features` to one logit output per attribute. */
  z.object({
    kind: z.literal('trained'),
    file,
    sha256,
    ...labelFields,
    /** Output of two logits. The first one stands for "no fashion item". */
    nothing: z.object({ output: z.string().min(1), temperature: z.number().positive() }).optional(),
  }),
  /**
   * The head of an aligned bundle: logit = scale × cosine of a feature and a label's encoded prompt. The file holds the
   * prompts' unit vectors, float32 little-endian: outputs in the order of HEAD_OUTPUTS, labels in the order of
   * `labels`.
   */
  z.object({
    kind: z.literal('zero-shot'),
    file,
    sha256,
    ...labelFields,
    scale: z.number().positive(),
    prompts: z.record(z.enum(HEAD_OUTPUTS), z.string().includes('{label}')),
  }),
  /** No head: all labels are equally likely, so garments are found by similarity alone and nothing is inferred. */
  z.object({ kind: z.literal('none'), ...labelFields }),
]);

/** Manifests from before other kinds existed have no `kind`: their heads are trained. */
export const head = z.preprocess((input) => ({ kind: 'trained', ...(input as object) }), heads);

export type TextModel = z.infer<typeof textModel>;
export type ImageModel = z.infer<typeof imageModel>;
export type FeatureOutput = z.infer<typeof output>;
export type Head = z.infer<typeof heads>;
