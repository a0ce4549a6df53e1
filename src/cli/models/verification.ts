// Whether a bundle is whole and computes what it computed when it was made. Changes nothing.
import { StartupError } from '../../errors.js';
import { type Bundle, loadBundle } from '../../inference/bundle.js';
import { startEncoders, type Encoders } from '../../inference/encoders.js';
import type { Finding } from '../doctor/finding.js';
import { findGolden, leastCosine } from './golden.js';

/** Another machine rounds in another order; a wrong file, tokenizer or resize is far below. */
const LEAST_COSINE = 0.999;

/** SHA-256 of every file, then every model opened and run, then golden inputs; ends at the first that is wrong. */
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
  if (!golden) return { subject: 'golden', verdict: 'note', found: 'no golden features were recorded for it' };
  const least = await leastCosine(encoders, golden);
  const count = golden.texts.length + golden.pictures.length;
  const found = `${count} golden inputs, least cosine ${least.toFixed(5)}`;
  // NaN too
  if (least >= LEAST_COSINE) return { subject: 'golden', verdict: 'ok', found };
  const advice = `At least ${LEAST_COSINE} is due: this machine computes something else. Pull it again, or restore it.`;
  return { subject: 'golden', verdict: 'wrong', found, advice };
}

function modelsOf({ manifest }: Bundle): string {
  const heads = { trained: 'a trained head', 'zero-shot': 'a head of prompts', none: 'no head' };
  return `words, pictures and ${heads[manifest.head.kind]} run, ${manifest.dimensions} dimensions`;
}
