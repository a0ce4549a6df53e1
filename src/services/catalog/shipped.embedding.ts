// Embeddings that ship with a catalog: one JSON line per garment.
import { HEAD_OUTPUTS, type Classification } from '../../domain/recommend/classification.js';
import { norm } from '../../domain/recommend/fusion.js';
import type { DraftEmbedding, GarmentDraft } from './garment.draft.js';

/** Returns the shipped embedding of a draft. Null unless text and picture are exactly those of the shipped one. */
export type ShippedEmbeddings = (draft: GarmentDraft) => DraftEmbedding | null;

/**
 * Values are 16-bit integers in base64. A distribution is stored as square roots of its probabilities, so that small
 * probabilities keep their precision.
 */
interface EmbeddingLine {
  sku: string;
  wordsHash: string;
  imageHash: string | null;
  text: string | null;
  image: string | null;
  reading: Record<string, string>;
  nothing?: number;
}

/** ±1 in 16 bits: the error of a feature is at most 0.000015, that of the cosine of 256 dimensions less than 1e-7. */
const SCALE = 32_767;

/** Returns the JSON line of a garment, with a line break. */
export function embeddingLine(draft: GarmentDraft, { features, reading }: DraftEmbedding): string {
  const line: EmbeddingLine = {
    sku: draft.sku,
    wordsHash: draft.wordsHash,
    imageHash: draft.imageHash,
    text: features.text && packed(features.text),
    image: features.image && packed(features.image),
    reading: Object.fromEntries(HEAD_OUTPUTS.map((output) => [output, packed(reading[output].map(Math.sqrt))])),
    nothing: reading.nothing,
  };
  return `${JSON.stringify(line)}\n`;
}

/** Reads the lines that `embeddingLine` wrote. */
export function readEmbeddingLines(text: string): ShippedEmbeddings {
  const lines = text.split('\n').filter((line) => line !== '');
  const bySku = new Map(lines.map((line) => JSON.parse(line) as EmbeddingLine).map((line) => [line.sku, line]));
  return ({ sku, wordsHash, imageHash }) => {
    const line = bySku.get(sku);
    return line?.wordsHash === wordsHash && line.imageHash === imageHash ? embeddingOf(line) : null;
  };
}

function embeddingOf({ text, image, reading, nothing }: EmbeddingLine): DraftEmbedding {
  const features = { text: text === null ? null : direction(text), image: image === null ? null : direction(image) };
  const outputs = HEAD_OUTPUTS.map((output) => [output, distribution(reading[output]!)]);
  return {
    features,
    reading: { ...(Object.fromEntries(outputs) as Classification), ...(nothing !== undefined && { nothing }) },
    // only quality checks need them, and the shipped catalog has passed those
    apart: null,
  };
}

function packed(values: Float32Array): string {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, i) => bytes.writeInt16LE(Math.round(value * SCALE), i * 2));
  return bytes.toString('base64');
}

function unpacked(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  return Float32Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(i * 2) / SCALE);
}

function direction(base64: string): Float32Array {
  const values = unpacked(base64);
  const length = norm(values);
  return values.map((value) => value / length);
}

function distribution(base64: string): Float32Array {
  const values = unpacked(base64).map((root) => root * root);
  const sum = values.reduce((a, b) => a + b, 0);
  return values.map((value) => value / sum);
}
