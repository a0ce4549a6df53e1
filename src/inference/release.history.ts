// What evaluations measured of a bundle, release by release: history.json beside its manifest. A bundle need not have one.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StartupError } from '../errors.js';
import { metricSchema } from './manifest.js';

export const HISTORY_FILE = 'history.json';

/** How often the head took one label for another, on the rows that it was measured on. */
const confusionSchema = z.object({
  /** An output of the head: category or color. */
  output: z.string(),
  label: z.string(),
  takenFor: z.string(),
  count: z.int().min(1),
  /** Rows that have `label`. */
  rows: z.int().min(1),
});
export type Confusion = z.infer<typeof confusionSchema>;

const releaseSchema = z.object({
  /** name@version */
  model: z.string(),
  trainedAt: z.iso.datetime().nullable(),
  evaluatedAt: z.iso.datetime(),
  metrics: z.array(metricSchema),
  /** The commonest first. */
  confusions: z.array(confusionSchema),
});
export type Release = z.infer<typeof releaseSchema>;

/**
 * The earliest first; empty where there is no history.
 * @throws StartupError where the file is malformed
 */
export async function readReleases(dir: string): Promise<Release[]> {
  const file = join(dir, HISTORY_FILE);
  try {
    return z.array(releaseSchema).parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new StartupError(`${file} cannot be read: ${(error as Error).message}`);
  }
}
