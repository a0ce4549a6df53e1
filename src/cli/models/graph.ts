// Inputs and outputs of a published graph, which the recipe leaves open.
import { basename } from 'node:path';
import { runPixels } from '../../inference/encoder.run.js';
import { TOKEN_INPUTS, type FeatureOutput, type ImageModel, type TextModel } from '../../inference/manifest.models.js';
import { type Model, openModel } from '../../inference/session.js';
import { CannotRun } from '../exit.js';
import type { Recipe } from './recipe.js';

type Outputs = Recipe['text']['outputs'];

/**
 * Returns the inputs and the feature output of a text graph.
 * @throws CannotRun if the graph needs other inputs than the server creates, or has none of the outputs
 */
export async function inspectText(path: string, outputs: Outputs): Promise<Pick<TextModel, 'inputs' | 'output'>> {
  return withGraph(path, (graph) => {
    const inputs = TOKEN_INPUTS.filter((name) => graph.session.inputNames.includes(name));
    requireInputs(path, graph, inputs);
    return { inputs, output: featureOf(path, graph, outputs) };
  });
}

/**
 * Returns the feature output of a picture graph.
 * @throws CannotRun if the graph needs other inputs than the server creates, or has none of the outputs
 */
export async function inspectImage(
  path: string,
  { outputs, tensor }: Pick<Recipe['image'], 'outputs' | 'tensor'>,
): Promise<FeatureOutput> {
  return withGraph(path, (graph) => {
    requireInputs(path, graph, [tensor.name]);
    return featureOf(path, graph, outputs);
  });
}

/** Returns the length of the features, measured on a gray picture, because the shapes in a graph may be undefined. */
export async function measureDimensions(path: string, image: ImageModel): Promise<number> {
  return withGraph(path, async (graph) => {
    const { embedding } = await runPixels(graph, new Uint8Array(image.size ** 2 * 3).fill(128), image);
    return embedding!.length;
  });
}

async function withGraph<Result>(path: string, inspect: (graph: Model) => Result | Promise<Result>): Promise<Result> {
  const graph = await openModel(path, { executionProvider: 'cpu', threads: 2 }).catch((cause: Error) => {
    throw new CannotRun(`ONNX Runtime cannot open ${basename(path)}: ${cause.message}`, { cause });
  });
  try {
    return await inspect(graph);
  } finally {
    await graph.session.release();
  }
}

function requireInputs(path: string, graph: Model, known: readonly string[]): void {
  const unknown = graph.session.inputNames.filter((name) => !known.includes(name));
  if (unknown.length === 0 && known.length > 0) return;
  const names = graph.session.inputNames.join(', ');
  throw new CannotRun(`${basename(path)} has the inputs ${names}, which the recipe does not support.`);
}

function featureOf(path: string, graph: Model, outputs: Outputs): FeatureOutput {
  const output = outputs.find(({ name }) => graph.session.outputNames.includes(name));
  if (output) return { ...output, normalize: true };
  const expected = outputs.map(({ name }) => name).join(' or ');
  const actual = graph.session.outputNames.join(', ');
  throw new CannotRun(`${basename(path)} has the outputs ${actual}, but the recipe needs ${expected}.`);
}
