// What `models pull` can fetch by name: the form of models/published.json. Knows no network.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SHIPPED_MODELS } from '../../config.js';
import { HEAD_OUTPUTS } from '../../domain/recommend/classification.js';

const part = {
  repository: z.string().regex(/^[^/]+\/[^/]+$/),
  /** A commit: what is pulled next year is what was tried. */
  revision: z.string().regex(/^[0-9a-f]{40}$/),
  license: z.string().min(1),
  /** Path in the repository. */
  file: z.string().min(1),
  encoder: z.string().min(1),
  /** Outputs that can be the feature, the best first; the first that the graph has is taken. */
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
  // what goes into the manifest as it is, the manifest's own form checks
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
  /** What to know, or to do, once it is there. */
  next: z.string(),
});

export type Recipe = z.infer<typeof recipe>;

/** Recipes by the name of the bundle that they make. */
export async function readRecipes(): Promise<Record<string, Recipe>> {
  const json: unknown = JSON.parse(await readFile(join(SHIPPED_MODELS, 'published.json'), 'utf8'));
  return z.record(z.string(), recipe).parse(json);
}
