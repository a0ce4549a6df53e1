// The manifest's parts on the three models: what a text encoder, a picture encoder and a head take and give. The defaults
// are the project's own graphs; all else describes graphs that others exported. Knows nothing of fusion or figures.
import { z } from 'zod';
import { GARMENT_TYPES } from '../domain/catalog/garment.js';
import { HEAD_OUTPUTS } from '../domain/recommend/classification.js';

// a plain name: a manifest must not lead out of its own folder
export const file = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'is not a plain file name');
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in lower-case hex');
const labels = z.array(z.string().min(1)).min(2);
const channels = z.tuple([z.number(), z.number(), z.number()]);

/** Which output of a graph is the feature, and how it becomes one vector of length 1 a row. */
const output = z.object({
  name: z.string().min(1),
  /** none: [batch, dimensions] as it is. cls, mean: of [batch, tokens, dimensions] the first token, or all that are no padding. */
  pooling: z.enum(['none', 'cls', 'mean']),
  /** Whether its rows are still to be scaled to length 1. */
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
  /** What the graph takes, each int64 [batch, tokens]. */
  inputs: z.array(z.enum(TOKEN_INPUTS)).min(1).default(['input_ids', 'attention_mask']),
  /** Token that fills every row up to maxTokens, for encoders trained so; null: rows are as long as the batch's longest. */
  paddedWith: z.number().int().nonnegative().nullable().default(null),
  output: output.default(ownOutput),
});

export const imageModel = z
  .object({
    file,
    sha256,
    encoder: z.string().min(1),
    /** Side of the square of pixels that the encoder takes. */
    size: z.number().int().min(1).max(1024),
    letterbox: z.object({ kernel: z.literal('lanczos3'), background: z.literal('border') }).optional(),
    /** squash: to the square, whatever the shape. crop: the shorter side to `size`, then the middle. cubic is Catmull-Rom's. */
    resize: z.object({ fit: z.enum(['squash', 'crop']), kernel: z.enum(['linear', 'cubic', 'lanczos3']) }).optional(),
    /** (pixel / 255 − mean) / std as float32 [batch, 3, size, size]; null: uint8 [batch, size, size, 3] named `pixels`. */
    tensor: z
      .object({ name: z.string().min(1), mean: channels, std: channels })
      .nullable()
      .default(null),
    output: output.default(ownOutput),
  })
  .refine((image) => !image.letterbox !== !image.resize, 'has either "letterbox" or "resize"');

const labelled = {
  labels: z.object({
    // stored probabilities are in this order, whichever bundle wrote them
    garmentType: z.tuple(GARMENT_TYPES.map((type) => z.literal(type)) as [z.ZodLiteral, ...z.ZodLiteral[]]),
    category: labels,
    color: labels,
    gender: labels,
    usage: labels,
  }),
  temperatures: z.record(z.enum(HEAD_OUTPUTS), z.number().positive()),
};

const heads = z.discriminatedUnion('kind', [
  /** A trained graph on F = [F_t ; F_i]: `features` to one output of logits each. */
  z.object({
    kind: z.literal('trained'),
    file,
    sha256,
    ...labelled,
    /** Output of two logits, of which the first says that there is nothing a fashion shop has. */
    nothing: z.object({ output: z.string().min(1), temperature: z.number().positive() }).optional(),
  }),
  /**
   * An aligned bundle's: logit = scale × cosine of a feature and a label's encoded prompt. The file holds the prompts'
   * unit vectors, float32 little-endian, labels in the order of `labels`, outputs in the order of HEAD_OUTPUTS.
   */
  z.object({
    kind: z.literal('zero-shot'),
    file,
    sha256,
    ...labelled,
    scale: z.number().positive(),
    prompts: z.record(z.enum(HEAD_OUTPUTS), z.string().includes('{label}')),
  }),
  /** None yet: all labels are equally likely, so garments are found by likeness alone and nothing is inferred. */
  z.object({ kind: z.literal('none'), ...labelled }),
]);

/** Bundles that were released before there was another kind say nothing of it: theirs is trained. */
export const head = z.preprocess((given) => ({ kind: 'trained', ...(given as object) }), heads);

export type TextModel = z.infer<typeof textModel>;
export type ImageModel = z.infer<typeof imageModel>;
export type FeatureOutput = z.infer<typeof output>;
export type Head = z.infer<typeof heads>;
