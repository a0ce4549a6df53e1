// The vector query and the searches built on it, compared with hand-computed algebra.
import { NO_QUERY_ROOTS, squareRootsOf } from '../../src/domain/recommend/label.similarity.js';
import { type AvoidedTerm, type CandidateSearch } from '../../src/domain/recommend/candidate.js';
import { dot } from '../../src/domain/recommend/fusion.js';
import { EmbeddingRepository } from '../../src/store/embedding.repository.js';
import { halfvecProduct } from '../../src/store/vector.search.js';
import { concatenated, vectorBytes } from '../../src/store/database/vector.codec.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import type { GarmentToSave } from '../../src/store/garment.writes.js';
import type { PictureToCompare } from '../../src/store/duplicate.search.js';
import {
  axis,
  certain,
  DIMENSIONS,
  MODEL,
  randomNumbers,
  randomUnit,
  row,
  STORE,
  unit,
} from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';
import { NO_RULES } from '../../src/domain/recommend/merchandising.rule.js';

const NO_SIMILARITY = { category: 0, color: 0, gender: 0, usage: 0 };

const testDatabase = withDatabase();
let garments: GarmentRepository;
let embeddings: EmbeddingRepository;

beforeEach(async () => {
  garments = new GarmentRepository(testDatabase.database);
  embeddings = new EmbeddingRepository(testDatabase.database);
  await testDatabase.database.query('truncate garments cascade');
});

const NOTHING = new Float32Array(DIMENSIONS);
/** Decimal digits to compare. A halfvec value has 11 bits. */
const HALF_DIGITS = 3;

function search(overrides: Partial<CandidateSearch>): CandidateSearch {
  return {
    model: MODEL,
    vector: { text: axis(0), image: NOTHING },
    typeProbabilities: null,
    queryRoots: NO_QUERY_ROOTS,
    avoid: [],
    words: null,
    limit: 10,
    rules: NO_RULES,
    ...overrides,
  };
}

async function save(rows: GarmentToSave[]): Promise<Map<string, string>> {
  const saved = await garments.saveGarments(STORE, rows);
  return new Map(saved.map(({ garment }) => [garment.sku, garment.id]));
}

/** An avoided term whose text names no label. */
const UNLABELED: AvoidedTerm = {
  features: axis(0),
  comparesPictures: true,
  wordsQuery: null,
  labels: { kind: false, color: false },
  typeProbabilities: null,
  roots: NO_QUERY_ROOTS,
};

describe('searchCandidates', () => {
  it('measures the shares of the text and image modalities of request and garment', async () => {
    const random = randomNumbers(1);
    const rows = Array.from({ length: 20 }, (_, i) => {
      const text = i % 5 === 1 ? null : randomUnit(random);
      return row({ sku: `g${i}`, text, image: i % 5 === 2 ? null : randomUnit(random) });
    });
    const ids = await save(rows);
    const halfWeighted = (): Float32Array => randomUnit(random).map((value) => value * Math.SQRT1_2);
    const vector = { text: halfWeighted(), image: halfWeighted() };
    const candidates = await embeddings.searchCandidates(STORE, search({ vector, limit: 100 }));
    expect(candidates).toHaveLength(20);
    for (const { sku, embedding } of rows) {
      const candidate = candidates.find(({ garmentId }) => garmentId === ids.get(sku))!;
      expect(candidate.hasText).toBe(embedding!.text !== null);
      expect(candidate.hasImage).toBe(embedding!.image !== null);
      expect(candidate.textShare).toBeCloseTo(embedding!.text ? dot(vector.text, embedding!.text) : 0, HALF_DIGITS);
      expect(candidate.imageShare).toBeCloseTo(embedding!.image ? dot(vector.image, embedding!.image) : 0, HALF_DIGITS);
      expect(candidate).toMatchObject({
        typeProbability: 0,
        labelSimilarities: NO_SIMILARITY,
        avoidedSimilarities: [],
        lexicalRank: 0,
      });
    }
    const sums = candidates.map(({ textShare, imageShare }) => textShare + imageShare);
    expect(sums).toEqual([...sums].sort((a, b) => b - a));
  });

  it('measures type, color, text and avoided terms', async () => {
    const ids = await save([
      row({
        sku: 'a',
        title: 'Red dress',
        typeProbabilities: certain(10, 2),
        roots: {
          color: squareRootsOf(Float32Array.of(0.25, 0.75, 0, 0)),
          gender: squareRootsOf(Float32Array.of(0.36, 0.64, 0, 0)),
        },
        text: axis(0),
        image: axis(1),
      }),
      row({ sku: 'b', title: 'Blue hat', text: axis(2), image: null }),
    ]);
    const candidateSearch = search({
      typeProbabilities: Float32Array.from({ length: 10 }, (_, i) => (i === 2 ? 0.5 : 0.5 / 9)),
      queryRoots: {
        ...NO_QUERY_ROOTS,
        color: Float32Array.of(0, 1, 0, 0),
        gender: squareRootsOf(Float32Array.of(0.5, 0.5, 0, 0)),
      },
      avoid: [
        {
          ...UNLABELED,
          features: unit(axis(1).map((value, i) => value + axis(2)[i]!)),
          typeProbabilities: Float32Array.from({ length: 10 }, (_, i) => (i === 2 ? 0.8 : 0)),
          roots: { ...NO_QUERY_ROOTS, color: Float32Array.of(1, 0, 0, 0) },
          wordsQuery: 'dress:* | strip:*',
        },
        { ...UNLABELED, features: axis(1), comparesPictures: false },
      ],
      words: "a red thing | & ! : \\ '",
    });
    const candidates = new Map(
      (await embeddings.searchCandidates(STORE, candidateSearch)).map((candidate) => [candidate.garmentId, candidate]),
    );
    const [a, b] = [candidates.get(ids.get('a')!)!, candidates.get(ids.get('b')!)!];
    expect(a.typeProbability).toBeCloseTo(0.5);
    expect(a.labelSimilarities.color).toBeCloseTo(Math.sqrt(0.75));
    expect(a.labelSimilarities.gender).toBeCloseTo((0.6 + 0.8) / Math.SQRT2);
    expect(a.labelSimilarities.category).toBe(0);
    // The text modality is at right angles, the image modality at 45°: the mean of 0 and √½.
    expect(a.avoidedSimilarities[0]!.similarity).toBeCloseTo(Math.SQRT1_2 / 2, HALF_DIGITS);
    expect(a.avoidedSimilarities[0]!.typeProbability).toBeCloseTo(0.8);
    expect(a.avoidedSimilarities[0]!.labelSimilarities.color).toBeCloseTo(0.5);
    expect([a, b].map(({ avoidedSimilarities }) => avoidedSimilarities[0]!.matchesText)).toEqual([true, false]);
    // A text compared with a picture of another vector space gives no similarity, however near it is.
    expect(a.avoidedSimilarities[1]).toEqual({
      similarity: 0,
      typeProbability: 0,
      labelSimilarities: NO_SIMILARITY,
      matchesText: false,
    });
    expect(a.lexicalRank).toBeGreaterThan(0);
    expect(a.lexicalRank).toBeLessThan(1);
    // Only the text modality counts, because the garment has no picture.
    expect(b.avoidedSimilarities[0]!.similarity).toBeCloseTo(Math.SQRT1_2, HALF_DIGITS);
    expect(b).toMatchObject({ typeProbability: 0, labelSimilarities: NO_SIMILARITY, lexicalRank: 0 });
  });

  it.each(["'", '\\', ':*', '<->', '& | !', '\0', '裙'.repeat(1000), 'wi-fi http://a.b/c?d e@f.g 1.5 -3'])(
    'treats %j as text and never as syntax',
    async (words) => {
      await save([row({ sku: 'a', title: 'wi-fi' })]);
      const [candidate] = await embeddings.searchCandidates(STORE, search({ words }));
      expect(candidate!.lexicalRank > 0).toBe(words.startsWith('wi-fi'));
    },
  );

  it('breaks ties by garment id, at any limit', async () => {
    await save(Array.from({ length: 30 }, (_, i) => row({ sku: `g${i}` })));
    const all = (await embeddings.searchCandidates(STORE, search({ limit: 30 }))).map(({ garmentId }) => garmentId);
    expect(all).toEqual([...all].sort((a, b) => Number(BigInt(a) - BigInt(b))));
    for (const limit of [1, 7, 29]) {
      const some = await embeddings.searchCandidates(STORE, search({ limit }));
      expect(some.map(({ garmentId }) => garmentId)).toEqual(all.slice(0, limit));
    }
  });

  it('fills the limit from the garments that pass the filter, however distant they are', async () => {
    const random = randomNumbers(3);
    await save(
      Array.from({ length: 200 }, (_, i) =>
        row({
          sku: `g${i}`,
          brand: i % 40 === 0 ? 'Rare' : 'Common',
          text: randomUnit(random, i % 40 === 0 ? axis(9) : axis(0)),
        }),
      ),
    );
    expect(await embeddings.searchCandidates(STORE, search({ limit: 4 }), { brands: ['rare'] })).toHaveLength(4);
    expect(await embeddings.searchCandidates(STORE, search({ limit: 50 }), { brands: ['rare'] })).toHaveLength(5);
    expect(await embeddings.searchCandidates(STORE, search({ limit: 50 }), { brands: ['none'] })).toEqual([]);
  });

  it('leaves out garments that are sold out, have no embedding, or were embedded by another model', async () => {
    const ids = await save([
      row({ sku: 'a' }),
      row({ sku: 'sold out', inStock: false }),
      row({ sku: 'other model', model: 'other@1' }),
      { ...row({ sku: 'bare' }), embedding: null },
    ]);
    const candidates = await embeddings.searchCandidates(STORE, search({}));
    expect(candidates.map(({ garmentId }) => garmentId)).toEqual([ids.get('a')]);
    expect(await embeddings.searchCandidates(STORE, search({}), { inStockOnly: false })).toHaveLength(2);
    expect(await embeddings.searchCandidates(STORE, search({ model: 'other@1' }))).toHaveLength(1);
  });

  it('refuses vectors without a direction before they reach the database', async () => {
    const broken = [NOTHING, axis(0).map((value) => value * NaN), axis(0).map((value) => value / 0)];
    for (const text of broken) {
      await expect(embeddings.searchCandidates(STORE, search({ vector: { text, image: NOTHING } }))).rejects.toThrow(
        RangeError,
      );
      await expect(
        embeddings.searchCandidates(STORE, search({ avoid: [{ ...UNLABELED, features: text }] })),
      ).rejects.toThrow(RangeError);
    }
  });

  it('searches two models with different dimensions', async () => {
    await save([row({ sku: 'a' }), row({ sku: 'b', model: 'wide@1', text: axis(5, 48), image: axis(6, 48) })]);
    await embeddings.ensureIndex(MODEL, DIMENSIONS);
    await embeddings.ensureIndex('wide@1', 48);
    const wide = search({ model: 'wide@1', vector: { text: axis(5, 48), image: new Float32Array(48) } });
    expect(await embeddings.searchCandidates(STORE, wide)).toMatchObject([{ textShare: 1, imageShare: 0 }]);
    expect(await embeddings.searchCandidates(STORE, search({}))).toHaveLength(1);
  });
});

describe('a stored embedding', () => {
  it('is returned as it was computed, and saving it again changes nothing', async () => {
    const random = randomNumbers(4);
    const text = randomUnit(random);
    const ids = await save([row({ sku: 'a', text, image: null })]);
    const id = ids.get('a')!;
    const first = (await embeddings.featuresOf(STORE, MODEL, [id, '12345'])).get(id)!;
    expect(first.features.image).toBeNull();
    expect(dot(first.features.text!, text)).toBeCloseTo(1, HALF_DIGITS);
    await save([row({ sku: 'a', text: first.features.text, image: null })]);
    const second = (await embeddings.featuresOf(STORE, MODEL, [id])).get(id)!;
    expect(second).toEqual(first);
    expect(await embeddings.featuresOf(STORE, 'unknown@1', [id])).toEqual(new Map());
  });
});

describe('findDuplicates', () => {
  const towards = (weight: number): Float32Array => unit(axis(7).map((value, i) => value + weight * axis(8)[i]!));
  const duplicatesOf = (pictures: PictureToCompare[], leastCosine = 0.99, model = MODEL) =>
    embeddings.findDuplicates(STORE, { model, pictures, leastCosine });
  const picture = (features: Float32Array, garmentId: string | null = null): PictureToCompare => ({
    garmentId,
    features,
  });

  it('returns the nearest duplicate of each picture, including sold-out garments, and null without one', async () => {
    await save([
      row({ sku: 'same', image: axis(7), inStock: false }),
      row({ sku: 'near', image: towards(0.1) }),
      row({ sku: 'other', image: axis(3) }),
      row({ sku: 'words only', image: null }),
    ]);
    expect(await duplicatesOf([axis(7), axis(4), towards(0.1), axis(3)].map((features) => picture(features)))).toEqual([
      { sku: 'same', cosine: expect.closeTo(1, HALF_DIGITS) },
      null,
      { sku: 'near', cosine: expect.closeTo(1, HALF_DIGITS) },
      { sku: 'other', cosine: expect.closeTo(1, HALF_DIGITS) },
    ]);
    expect(await duplicatesOf([picture(towards(1))])).toEqual([null]);
    expect(await duplicatesOf([picture(axis(7))], 0.99, 'none@1')).toEqual([null]);
    expect(await duplicatesOf([])).toEqual([]);
  });

  it('never returns the garment itself, but the next duplicate', async () => {
    const ids = await save([row({ sku: 'a', image: axis(7) }), row({ sku: 'b', image: towards(0.05) })]);
    const duplicates = await duplicatesOf([picture(axis(7), ids.get('a')), picture(axis(7), ids.get('b'))]);
    expect(duplicates.map((duplicate) => duplicate!.sku)).toEqual(['b', 'a']);
  });

  it('returns the same duplicates among many pictures as a comparison with each picture', async () => {
    const random = randomNumbers(11);
    const stored = Array.from({ length: 60 }, () => randomUnit(random));
    await save(stored.map((image, i) => row({ sku: `s${i}`, image })));
    await embeddings.ensureIndex(MODEL, DIMENSIONS);
    const queries = Array.from({ length: 40 }, (_, i) => randomUnit(random, stored[i % 60], 0.05 + 0.01 * i));
    const duplicates = await duplicatesOf(queries.map((features) => picture(features)));
    const nearest = queries.map((features) => {
      const cosines = stored.map((image) => dot(features, image));
      const best = cosines.indexOf(Math.max(...cosines));
      return cosines[best]! >= 0.99 ? `s${best}` : null;
    });
    expect(nearest.filter(Boolean).length).toBeGreaterThan(5);
    expect(nearest).toContain(null);
    expect(duplicates.map((duplicate) => duplicate?.sku ?? null)).toEqual(nearest);
  });

  it('finds duplicates of pictures that were embedded before sign bits were stored', async () => {
    await save([row({ sku: 'old', image: axis(7) })]);
    await testDatabase.database.query('update garment_embeddings set picture_signs = null');
    expect(await duplicatesOf([picture(axis(7))])).toMatchObject([{ sku: 'old' }]);
  });
});

it('the products of the embedded database equal those of halfvec to the bit', async () => {
  const random = randomNumbers(7);
  await save(
    Array.from({ length: 300 }, (_, i) => row({ sku: `H-${i}`, text: randomUnit(random), image: randomUnit(random) })),
  );
  const [text, image] = [randomUnit(random), randomUnit(random)];
  const queryVector = vectorBytes(concatenated(text, image));
  const products = (kind: 'embedded' | 'postgres') =>
    testDatabase.database.query<{ id: string; distance: number }>(
      `select garment_id as id, ${halfvecProduct('embedding', '$1', kind)} as distance from garment_embeddings order by 2, 1`,
      [queryVector],
    );
  const halfvec = await products('postgres');
  const candidates = await embeddings.searchCandidates(STORE, search({ vector: { text, image }, limit: 300 }));
  if (testDatabase.database.kind === 'embedded') {
    expect(await products('embedded')).toEqual(halfvec);
    expect(candidates.map(({ garmentId }) => garmentId)).toEqual(halfvec.map(({ id }) => id));
    return;
  }
  // The CPU's vector instructions sum in another order here, and so does the index.
  const distances = new Map(halfvec.map(({ id, distance }) => [id, distance]));
  for (const { id, distance } of await products('embedded')) expect(distance).toBeCloseTo(distances.get(id)!, 5);
  expect(candidates.map(({ garmentId }) => garmentId)).toEqual(halfvec.map(({ id }) => id));
});
