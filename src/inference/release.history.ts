// The evaluation history of a bundle, by release: an optional history.json next to its manifest.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StartupError } from '../errors.js';
import { metricSchema } from './manifest.js';

export const HISTORY_FILE = 'history.json';

/** How often the head predicted one label for another, on the evaluated rows. */
const confusionSchema = z.object({
  /** An output of the head: category or color. */
  output: z.string(),
  label: z.string(),
  takenFor: z.string(),
  count: z.int().min(1),
  /** Number of rows that have `label`. */
  rows: z.int().min(1),
});
export type Confusion = z.infer<typeof confusionSchema>;

const releaseSchema = z.object({
  /** name@version */
  model: z.string(),
  trainedAt: z.iso.datetime().nullable(),
  evaluatedAt: z.iso.datetime(),
  metrics: z.array(metricSchema),
  /** The most frequent first. */
  confusions: z.array(confusionSchema),
});
export type Release = z.infer<typeof releaseSchema>;

/**
 * Returns the releases, the earliest first. Returns none if there is no history.
 * @throws StartupError if the file is malformed
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
