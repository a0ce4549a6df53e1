import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  categoryQueries,
  describedQueries,
  ownColorQueries,
  pictureQueries,
  picturesOnly,
  colorSwapQueries,
  templateQueries,
  titleQueries,
  textsOnly,
  type QuerySource,
} from '../../../tools/evaluate/sample.queries.js';
import { COLOR_WORDS, garmentTypeOf } from '../../../tools/evaluate/lexicon.js';
import { ProductIndex } from '../../../tools/evaluate/product.index.js';
import { readQueries, relevantTo } from '../../../tools/evaluate/query.figures.js';
import type { Product } from '../../../tools/evaluate/split.reader.js';
import { CannotRun } from '../../../src/cli/exit.js';
import { PROJECT_ROOT } from '../../../src/config.js';

function product(sku: string, category: string | null, color: string | null, gender: string | null = null): Product {
  return {
    sku,
    title: `${sku} striped`,
    gender,
    masterCategory: null,
    category,
    color,
    usage: null,
    garmentType: category === null ? null : garmentTypeOf(category),
    picture: Buffer.from(sku),
  };
}

/** Twelve dresses, ten of them red and two blue; a red and a black watch; two rows without labels. */
const products = [
  ...Array.from({ length: 10 }, (_, i) => product(`red dress ${i}`, 'Dresses', 'Red', 'Women')),
  product('blue dress', 'Dresses', 'Blue', 'Women'),
  product('blue dress too', 'Dresses', 'Blue', 'Girls'),
  product('red watch', 'Watches', 'Red', 'Unisex'),
  product('black watch', 'Watches', 'Black', 'Men'),
  product('bare', null, null),
  product('colorless', 'Dresses', null),
];
const source: QuerySource = { index: new ProductIndex(products), sample: 1000 };
const plain = { language: 'en', heldOut: false } as const;

describe('sample queries', () => {
  it('name categories with at least ten rows, with different words per language and for held-out words', () => {
    const wordings = [plain, { ...plain, heldOut: true }, { ...plain, language: 'zh' as const }];
    const queriesByWording = wordings.map((wording) => categoryQueries(source, wording));
    expect(queriesByWording.map((queries) => queries.length)).toEqual([1, 1, 1]);
    expect(queriesByWording[0]![0]!.relevant.size).toBe(13);
    expect(new Set(queriesByWording.map(([query]) => query!.text)).size).toBe(3);
  });

  it('expect similar garments without the garment itself', () => {
    const queries = pictureQueries(source);
    expect(queries).toHaveLength(12);
    expect(queries.find(({ about }) => about!.sku === 'blue dress')!.relevant).toEqual(new Set(['blue dress too']));
    expect(queries.every(({ about, relevant }) => !relevant.has(about!.sku))).toBe(true);
  });

  it('name another color that the category has, only for the ten garment types', () => {
    const queries = colorSwapQueries(source, plain);
    expect(queries).toHaveLength(12);
    for (const { about, text, relevant } of queries) {
      const wanted = about!.color === 'Red' ? 'Blue' : 'Red';
      expect(text).toBe(`in ${COLOR_WORDS[wanted]!.en[0]}`);
      expect(relevant.size).toBe(wanted === 'Blue' ? 2 : 10);
    }
    expect(colorSwapQueries(source, { ...plain, language: 'zh' }).map(({ about }) => about)).toEqual(
      queries.map(({ about }) => about),
    );
  });

  it('use the same garments in both languages and in every run', () => {
    const few = { ...source, sample: 5 };
    const queriesIn = (language: 'en' | 'zh') => templateQueries(few, { language, heldOut: true });
    expect(queriesIn('en')).toHaveLength(5);
    expect(queriesIn('en')).toEqual(queriesIn('en'));
    expect(queriesIn('zh').every(({ text }) => /\p{Script=Han}/u.test(text!))).toBe(true);
    expect(queriesIn('en').some(({ text }) => /\p{Script=Han}|[{}]/u.test(text!))).toBe(false);
  });

  it('expect every garment that has the labels named by a template', () => {
    for (const { relevant } of templateQueries(source, plain)) expect(relevant.size).toBeGreaterThan(0);
    for (const { text, relevant } of describedQueries(source)) {
      const isBlue = COLOR_WORDS['Blue']!.en.some((word) => text!.startsWith(word));
      expect(relevant.has('blue dress') || relevant.has('blue dress too')).toBe(isBlue);
    }
  });

  it('can be reduced to their text or their picture', () => {
    const queries = ownColorQueries(source);
    expect(textsOnly(queries).every(({ text, picture }) => text !== undefined && picture === undefined)).toBe(true);
    expect(picturesOnly(queries).every(({ text, picture }) => text === undefined && picture !== undefined)).toBe(true);
  });

  it('expect only its own garment for a title', () => {
    expect(titleQueries(source).map(({ relevant }) => [...relevant])).toEqual(products.map(({ sku }) => [sku]));
  });
});

describe('hand-written requests', () => {
  it('are read line by line', () => {
    const queries = readQueries(join(PROJECT_ROOT, 'test', 'fixtures', 'queries.jsonl'));
    expect(queries).toHaveLength(6);
    expect(queries[3]).toMatchObject({ id: 'q2', language: 'zh', want: { gender: ['Men'] } });
  });

  it('are rejected with the line number if a line is not a request or not JSON', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fitroom-queries-'));
    try {
      const file = join(folder, 'queries.jsonl');
      for (const wrong of ['{"id": "q1", "language": "fr"}', '{"id":']) {
        await writeFile(file, `\n${wrong}\n`);
        expect(() => readQueries(file)).toThrow(CannotRun);
        expect(() => readQueries(file)).toThrow(/queries\.jsonl: line 2: /);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('match every key by any of its values, and count unisex for men and for women', () => {
    const skus = (want: Parameters<typeof relevantTo>[0]) => [...relevantTo(want, source.index)];
    expect(skus({ articleType: ['Watches'], gender: ['Men'] })).toEqual(['red watch', 'black watch']);
    expect(skus({ articleType: ['Watches'], gender: ['Boys'] })).toEqual([]);
    expect(skus({ garmentType: ['DRESS'], baseColour: ['Blue', 'Black'], gender: ['Girls'] })).toEqual([
      'blue dress too',
    ]);
    expect(skus({ usage: ['Casual'] })).toEqual([]);
  });
});
