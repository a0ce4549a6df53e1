// The shipped sample catalog models/sample/catalog.tar equals the output of `npm run sample`.
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { StartupError } from '../../../src/errors.js';
import { entriesOf } from '../../../src/feeds/tar.entries.js';
import { readManifest } from '../../../src/inference/bundle.js';
import { bundleFolder, DEFAULT_MODEL, SHIPPED_MODELS } from '../../../src/config.js';
import { embeddingsEntry, readSampleArchive, SAMPLE_ARCHIVE } from '../../../src/services/catalog/sample.archive.js';
import { embeddingLine, readEmbeddingLines } from '../../../src/services/catalog/shipped.embedding.js';
import type { DraftEmbedding, GarmentDraft } from '../../../src/services/catalog/garment.draft.js';
import { metadataLine, pictureEntry, samplePicture } from '../../../tools/draw/sample.archive.js';
import { sampleCatalog } from '../../../tools/garment-drawing/sample.catalog.js';

async function entries(): Promise<Map<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  for await (const entry of entriesOf(createReadStream(SAMPLE_ARCHIVE))) {
    contents.set(entry.header.name, await buffer(entry));
  }
  return contents;
}

describe('models/sample/catalog.tar', () => {
  it('has at most 5 MB', async () => {
    expect((await stat(SAMPLE_ARCHIVE)).size).toBeLessThanOrEqual(5_000_000);
  });

  it('contains the fields that the drawing code returns, and a picture of each garment', async () => {
    const contents = await entries();
    const sample = sampleCatalog();
    expect(contents.get('metadata.jsonl')!.toString()).toBe(sample.map(metadataLine).join(''));
    expect([...contents.keys()].filter((name) => name.startsWith('images/'))).toEqual(
      sample.map(({ sku }) => pictureEntry(sku)),
    );
  });

  it('contains the same bytes as newly drawn pictures', async () => {
    const contents = await entries();
    for (const garment of sampleCatalog().filter((_, i) => i % 50 === 7)) {
      const shipped = contents.get(pictureEntry(garment.sku))!;
      expect([garment.sku, Buffer.compare(shipped, Buffer.from(await samplePicture(garment)))]).toEqual([
        garment.sku,
        0,
      ]);
    }
  });

  it('contains the embeddings by the default bundle', async () => {
    const { name, version } = await readManifest(bundleFolder(SHIPPED_MODELS, DEFAULT_MODEL));
    const lines = (await entries())
      .get(embeddingsEntry(`${name}@${version}`))!
      .toString()
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { sku: string }).sku)).toEqual(
      sampleCatalog().map(({ sku }) => sku),
    );
  });

  it('contains no embeddings by another bundle', async () => {
    const { embeddings, garments } = await readSampleArchive(SAMPLE_ARCHIVE, 'other@1.0.0');
    expect(embeddings({ sku: garments[0]!.sku } as GarmentDraft)).toBeNull();
  });

  it.each([
    ['is missing', null],
    ['is cut off', 700],
  ])('stops the start with an explanation if it %s', async (_case, bytes) => {
    const folder = await mkdtemp(join(tmpdir(), 'fitroom-sample-'));
    const path = join(folder, 'catalog.tar');
    if (bytes !== null) await writeFile(path, (await buffer(createReadStream(SAMPLE_ARCHIVE))).subarray(0, bytes));
    const read = readSampleArchive(path, 'any@1.0.0');
    await expect(read).rejects.toThrow(StartupError);
    await expect(read).rejects.toThrow(/FITROOM_SAMPLE_CATALOG=off/);
    await rm(folder, { recursive: true });
  });
});

describe('a shipped embedding', () => {
  const unit = Float32Array.from({ length: 64 }, (_, i) => Math.sin(i + 1) / 5.7);
  const embedding = {
    features: { text: unit, image: null },
    reading: {
      garmentType: Float32Array.of(0.9, 0.1),
      category: Float32Array.of(0.999, 0.000_9, 0.000_1),
      color: Float32Array.of(1),
      gender: Float32Array.of(0.5, 0.5),
      usage: Float32Array.of(0.25, 0.75),
      nothing: 0.125,
    },
    apart: null,
  } as DraftEmbedding;
  const draft = { sku: 'A', wordsHash: 'w', imageHash: 'i' } as GarmentDraft;

  it('is read as it was written, within the precision of 16 bits', () => {
    const read = readEmbeddingLines(embeddingLine(draft, embedding))(draft)!;
    expect(read.features.image).toBeNull();
    const length = Math.hypot(...unit);
    read.features.text!.forEach((value, i) => expect(value).toBeCloseTo(unit[i]! / length, 4));
    expect(read.reading.category[2]).toBeCloseTo(0.000_1, 5);
    expect([...read.reading.usage].reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    expect(read.reading.nothing).toBe(0.125);
  });

  it.each([
    ['another garment', { sku: 'B' }],
    ['another text', { wordsHash: 'x' }],
    ['another picture', { imageHash: 'x' }],
    ['no picture', { imageHash: null }],
  ])('is not used for %s', (_case, change) => {
    expect(readEmbeddingLines(embeddingLine(draft, embedding))({ ...draft, ...change })).toBeNull();
  });
});
