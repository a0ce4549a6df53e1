// Verification of a bundle: complete files and the recorded golden features. It changes nothing.
import { StartupError } from '../../errors.js';
import { type Bundle, loadBundle } from '../../inference/bundle.js';
import { startEncoders, type Encoders } from '../../inference/encoders.js';
import type { Finding } from '../doctor/finding.js';
import { findGolden, lowestCosine } from './golden.js';

/**
 * Lowest accepted cosine similarity. Another machine rounds in another order; a wrong file, tokenizer or resize gives
 * far lower values.
 */
const MIN_COSINE = 0.999;

/**
 * Checks the SHA-256 of every file, opens and runs every model, then runs the golden inputs. Ends at the first failure.
 */
export async function* verifyBundle(dir: string, threads: number): AsyncGenerator<Finding> {
  let encoders: Encoders | undefined;
  try {
    const bundle = await loadBundle(dir);
    yield { subject: 'files', verdict: 'ok', found: `${bundle.id}: every file has the SHA-256 of its manifest` };
    encoders = await startEncoders(bundle, { execution: 'cpu', threads });
    yield { subject: 'models', verdict: 'ok', found: modelsOf(bundle) };
    yield await goldenFinding(encoders);
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    yield { subject: encoders ? 'golden' : 'bundle', verdict: 'wrong', found: error.message };
  } finally {
    await encoders?.close();
  }
}

async function goldenFinding(encoders: Encoders): Promise<Finding> {
  const golden = await findGolden(encoders.bundle);
  if (!golden) return { subject: 'golden', verdict: 'note', found: 'the bundle has no golden features' };
  const lowest = await lowestCosine(encoders, golden);
  const count = golden.texts.length + golden.pictures.length;
  const found = `${count} golden inputs, lowest cosine ${lowest.toFixed(5)}`;
  // also false for NaN
  if (lowest >= MIN_COSINE) return { subject: 'golden', verdict: 'ok', found };
  const advice =
    `The cosine must be at least ${MIN_COSINE}. The bundle computes other features on this machine. ` +
    'Pull or restore it again.';
  return { subject: 'golden', verdict: 'wrong', found, advice };
}

function modelsOf({ manifest }: Bundle): string {
  const heads = { trained: 'a trained head', 'zero-shot': 'a zero-shot head', none: 'no head' };
  return `text encoder, picture encoder and ${heads[manifest.head.kind]} run, ${manifest.dimensions} dimensions`;
}
