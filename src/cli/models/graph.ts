// What a published graph takes and gives, as far as the recipe leaves it open.
import { basename } from 'node:path';
import { runPixels } from '../../inference/encoder.run.js';
import { TOKEN_INPUTS, type FeatureOutput, type ImageModel, type TextModel } from '../../inference/manifest.models.js';
import { type Model, openModel } from '../../inference/session.js';
import { CannotRun } from '../exit.js';
import type { Recipe } from './recipe.js';

type Outputs = Recipe['text']['outputs'];

/** @throws CannotRun where the graph takes what the server does not make, or gives none of the features */
export async function inspectText(path: string, outputs: Outputs): Promise<Pick<TextModel, 'inputs' | 'output'>> {
  return withGraph(path, (graph) => {
    const inputs = TOKEN_INPUTS.filter((name) => graph.session.inputNames.includes(name));
    requireInputs(path, graph, inputs);
    return { inputs, output: featureOf(path, graph, outputs) };
  });
}

/** @throws CannotRun as above */
export async function inspectImage(
  path: string,
  { outputs, tensor }: Pick<Recipe['image'], 'outputs' | 'tensor'>,
): Promise<FeatureOutput> {
  return withGraph(path, (graph) => {
    requireInputs(path, graph, [tensor.name]);
    return featureOf(path, graph, outputs);
  });
}

/** Length of the features, which a graph's own shapes need not say: measured on a grey picture. */
export async function measureDimensions(path: string, image: ImageModel): Promise<number> {
  return withGraph(path, async (graph) => {
    const { embedding } = await runPixels(graph, new Uint8Array(image.size ** 2 * 3).fill(128), image);
    return embedding!.length;
  });
}

async function withGraph<Answer>(path: string, look: (graph: Model) => Answer | Promise<Answer>): Promise<Answer> {
  const graph = await openModel(path, { executionProvider: 'cpu', threads: 2 }).catch((cause: Error) => {
    throw new CannotRun(`${basename(path)} is no graph that ONNX Runtime opens: ${cause.message}`, { cause });
  });
  try {
    return await look(graph);
  } finally {
    await graph.session.release();
  }
}

function requireInputs(path: string, graph: Model, known: readonly string[]): void {
  const unknown = graph.session.inputNames.filter((name) => !known.includes(name));
  if (unknown.length === 0 && known.length > 0) return;
  throw new CannotRun(`${basename(path)} takes ${graph.session.inputNames.join(', ')}, which the recipe does not foresee.`);
}

function featureOf(path: string, graph: Model, outputs: Outputs): FeatureOutput {
  const found = outputs.find(({ name }) => graph.session.outputNames.includes(name));
  if (found) return { ...found, normalize: true };
  const wanted = outputs.map(({ name }) => name).join(' or ');
  throw new CannotRun(`${basename(path)} gives ${graph.session.outputNames.join(', ')} where ${wanted} is due.`);
}
