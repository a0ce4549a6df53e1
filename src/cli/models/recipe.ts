// Recipes of `models pull`: the schema of models/published.json.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SHIPPED_MODELS } from '../../config.js';
import { HEAD_OUTPUTS } from '../../domain/recommend/classification.js';

const part = {
  repository: z.string().regex(/^[^/]+\/[^/]+$/),
  /** Commit hash, so that a later pull gets the same tested files. */
  revision: z.string().regex(/^[0-9a-f]{40}$/),
  license: z.string().min(1),
  /** Path in the repository. */
  file: z.string().min(1),
  encoder: z.string().min(1),
  /** Outputs that can be the feature, best first. The first one that the graph has is used. */
  outputs: z.array(z.object({ name: z.string(), pooling: z.enum(['none', 'cls', 'mean']) })).min(1),
};

const recipe = z.object({
  version: z.string(),
  describe: z.string(),
  license: z.string(),
  aligned: z.boolean(),
  text: z.object({
    ...part,
    tokenizer: z.string(),
    tokenizerConfig: z.string(),
    maxTokens: z.number(),
    paddedWith: z.number().nullable(),
  }),
  // copied into the manifest unchanged; the schema of the manifest checks it
  image: z.object({ ...part, size: z.number(), resize: z.unknown(), tensor: z.object({ name: z.string() }).loose() }),
  head: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({
      kind: z.literal('zero-shot'),
      scale: z.number(),
      prompts: z.record(z.enum(HEAD_OUTPUTS), z.string()),
    }),
  ]),
  fusion: z.unknown(),
  thresholds: z.unknown(),
  /** Note about the use of the bundle after the pull. */
  next: z.string(),
});

export type Recipe = z.infer<typeof recipe>;

/** Returns the recipes by the name of their bundle. */
export async function readRecipes(): Promise<Record<string, Recipe>> {
  const json: unknown = JSON.parse(await readFile(join(SHIPPED_MODELS, 'published.json'), 'utf8'));
  return z.record(z.string(), recipe).parse(json);
}
