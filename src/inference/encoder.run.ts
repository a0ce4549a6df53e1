// One run of a text or picture encoder: token ids or pixels in, one feature vector per row out.
import { Tensor } from 'onnxruntime-node';
import type { FeatureOutput, ImageModel, TextModel } from './manifest.models.js';
import { type Model, type OutputTensors, paddedBatch, run } from './session.js';

/**
 * Runs a batch of token ids. Pads rows to the longest one, or to `maxTokens` for an encoder that was trained with such
 * rows. Pads the batch to `paddedBatch` with copies of its last row.
 * @param rows 1 to MAX_BATCH lists of ids
 * @returns `embedding` [paddedBatch, dimensions]
 * @throws Error if the graph lacks the output that the manifest names
 */
export async function runTokens(open: Model, rows: readonly number[][], model: TextModel): Promise<OutputTensors> {
  const batch = paddedBatch(rows.length);
  const length = model.paddedWith === null ? Math.max(...rows.map((row) => row.length)) : model.maxTokens;
  const shape = [batch, length];
  const ids = new BigInt64Array(batch * length).fill(BigInt(model.paddedWith ?? 0));
  const mask = new BigInt64Array(batch * length);
  for (let i = 0; i < batch; i++) {
    // Pads with a copy of the last row, not with zeros: rows quantized together share a scale, and a copy does not
    // change it.
    const row = rows[Math.min(i, rows.length - 1)]!;
    row.forEach((id, j) => {
      ids[i * length + j] = BigInt(id);
      mask[i * length + j] = 1n;
    });
  }
  const values = { input_ids: ids, attention_mask: mask, token_type_ids: new BigInt64Array(batch * length) };
  const feeds = Object.fromEntries(model.inputs.map((name) => [name, new Tensor('int64', values[name], shape)]));
  return { embedding: await feature(open, feeds, model.output, mask) };
}

/**
 * Runs a batch of pictures.
 * @param pixels RGB [batch, size, size, 3], batch one of BATCH_SIZES
 * @returns `embedding` [batch, dimensions]
 * @throws Error if the graph lacks the output that the manifest names
 */
export async function runPixels(open: Model, pixels: Uint8Array, model: ImageModel): Promise<OutputTensors> {
  const { size, tensor } = model;
  const batch = pixels.length / (size * size * 3);
  const feeds = tensor
    ? { [tensor.name]: new Tensor('float32', channelsFirst(pixels, batch, tensor), [batch, 3, size, size]) }
    : { pixels: new Tensor('uint8', pixels, [batch, size, size, 3]) };
  return { embedding: await feature(open, feeds, model.output) };
}

/** Converts interleaved values 0…255 to planes of (pixel / 255 − mean) / std, [batch, 3, size²]. */
function channelsFirst(
  pixels: Uint8Array,
  batch: number,
  { mean, std }: { mean: readonly number[]; std: readonly number[] },
): Float32Array {
  const planes = new Float32Array(pixels.length);
  const area = pixels.length / (batch * 3);
  for (let i = 0; i < pixels.length; i++) {
    const channel = i % 3;
    const picture = Math.floor(i / (area * 3));
    const at = Math.floor(i / 3) - picture * area;
    planes[(picture * 3 + channel) * area + at] = (pixels[i]! / 255 - mean[channel]!) / std[channel]!;
  }
  return planes;
}

/**
 * Runs the model and returns its features, pooled and normalized by the manifest. @param mask [batch, tokens], 1 for a
 * real token; absent if all are
 */
async function feature(
  open: Model,
  feeds: Record<string, Tensor>,
  output: FeatureOutput,
  mask?: BigInt64Array,
): Promise<Float32Array> {
  const tensor = (await run(open, feeds))[output.name];
  if (!tensor)
    throw new Error(`${open.file} has the outputs ${open.session.outputNames.join(', ')}, but no "${output.name}"`);
  const pooled = output.pooling === 'none' ? (tensor.data as Float32Array) : pool(tensor, output.pooling, mask);
  return output.normalize ? unitRows(pooled, tensor.dims.at(-1)!) : pooled;
}

function pool({ data, dims }: Tensor, pooling: 'cls' | 'mean', mask?: BigInt64Array): Float32Array {
  if (dims.length !== 3)
    throw new Error(`the feature output has the shape [${dims.join(', ')}], which "${pooling}" cannot pool`);
  const [batch, tokens, width] = dims as [number, number, number];
  const values = data as Float32Array;
  const pooled = new Float32Array(batch * width);
  for (let row = 0; row < batch; row++) {
    let counted = 0;
    for (let token = 0; token < (pooling === 'cls' ? 1 : tokens); token++) {
      if (mask && mask[row * tokens + token] === 0n) continue;
      counted += 1;
      const start = (row * tokens + token) * width;
      for (let i = 0; i < width; i++) pooled[row * width + i]! += values[start + i]!;
    }
    for (let i = 0; i < width; i++) pooled[row * width + i]! /= counted;
  }
  return pooled;
}

/** Divides each row by its Euclidean length. A zero row stays zero; the caller's length check refuses it. */
function unitRows(values: Float32Array, width: number): Float32Array {
  const unit = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += width) {
    const row = values.subarray(start, start + width);
    const length = Math.hypot(...row);
    if (length !== 0)
      unit.set(
        row.map((value) => value / length),
        start,
      );
  }
  return unit;
}
