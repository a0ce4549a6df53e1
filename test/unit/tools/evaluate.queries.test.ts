import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  categoryAsks,
  describedAsks,
  ownColorAsks,
  pictureAsks,
  picturesOf,
  swapAsks,
  templateAsks,
  titleAsks,
  wordsOf,
  type AskSource,
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

/** Twelve dresses, ten of them red, two blue; a red and a black watch; two rows without labels. */
const products = [
  ...Array.from({ length: 10 }, (_, i) => product(`red dress ${i}`, 'Dresses', 'Red', 'Women')),
  product('blue dress', 'Dresses', 'Blue', 'Women'),
  product('blue dress too', 'Dresses', 'Blue', 'Girls'),
  product('red watch', 'Watches', 'Red', 'Unisex'),
  product('black watch', 'Watches', 'Black', 'Men'),
  product('bare', null, null),
  product('colourless', 'Dresses', null),
];
const source: AskSource = { index: new ProductIndex(products), sample: 1000 };
const plain = { language: 'en', heldOut: false } as const;

describe('what is asked', () => {
  it('asks for categories of ten rows and more, in words that differ by language and by what is held out', () => {
    const wordings = [plain, { ...plain, heldOut: true }, { ...plain, language: 'zh' as const }];
    const asked = wordings.map((wording) => categoryAsks(source, wording));
    expect(asked.map((asks) => asks.length)).toEqual([1, 1, 1]);
    expect(asked[0]![0]!.relevant.size).toBe(13);
    expect(new Set(asked.map(([ask]) => ask!.text)).size).toBe(3);
  });

  it('looks for the like of a garment without the garment itself', () => {
    const asks = pictureAsks(source);
    expect(asks).toHaveLength(12);
    expect(asks.find(({ about }) => about!.sku === 'blue dress')!.relevant).toEqual(new Set(['blue dress too']));
    expect(asks.every(({ about, relevant }) => !relevant.has(about!.sku))).toBe(true);
  });

  it('swaps a colour of the ten types only, for one that the category has, and names it', () => {
    const asks = swapAsks(source, plain);
    expect(asks).toHaveLength(12);
    for (const { about, text, relevant } of asks) {
      const wanted = about!.color === 'Red' ? 'Blue' : 'Red';
      expect(text).toBe(`in ${COLOR_WORDS[wanted]!.en[0]}`);
      expect(relevant.size).toBe(wanted === 'Blue' ? 2 : 10);
    }
    expect(swapAsks(source, { ...plain, language: 'zh' }).map(({ about }) => about)).toEqual(
      asks.map(({ about }) => about),
    );
  });

  it('asks both languages about the same garments, and the same in every run', () => {
    const few = { ...source, sample: 5 };
    const asked = (language: 'en' | 'zh') => templateAsks(few, { language, heldOut: true });
    expect(asked('en')).toHaveLength(5);
    expect(asked('en')).toEqual(asked('en'));
    expect(asked('zh').every(({ text }) => /\p{Script=Han}/u.test(text!))).toBe(true);
    expect(asked('en').some(({ text }) => /\p{Script=Han}|[{}]/u.test(text!))).toBe(false);
  });

  it('counts every garment that has what a template names', () => {
    for (const { relevant } of templateAsks(source, plain)) expect(relevant.size).toBeGreaterThan(0);
    for (const { text, relevant } of describedAsks(source)) {
      const isBlue = COLOR_WORDS['Blue']!.en.some((word) => text!.startsWith(word));
      expect(relevant.has('blue dress') || relevant.has('blue dress too')).toBe(isBlue);
    }
  });

  it('takes words and pictures apart', () => {
    const asks = ownColorAsks(source);
    expect(wordsOf(asks).every(({ text, picture }) => text !== undefined && picture === undefined)).toBe(true);
    expect(picturesOf(asks).every(({ text, picture }) => text === undefined && picture !== undefined)).toBe(true);
  });

  it('expects of a title its own garment alone', () => {
    expect(titleAsks(source).map(({ relevant }) => [...relevant])).toEqual(products.map(({ sku }) => [sku]));
  });
});

describe('hand-written requests', () => {
  it('are read line by line', () => {
    const queries = readQueries(join(PROJECT_ROOT, 'test', 'fixtures', 'queries.jsonl'));
    expect(queries).toHaveLength(6);
    expect(queries[3]).toMatchObject({ id: 'q2', language: 'zh', want: { gender: ['Men'] } });
  });

  it('end the run by the line that is wrong, be it no request or no JSON', async () => {
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

  it('want every key, any value of one, and take unisex for men and for women', () => {
    const skus = (want: Parameters<typeof relevantTo>[0]) => [...relevantTo(want, source.index)];
    expect(skus({ articleType: ['Watches'], gender: ['Men'] })).toEqual(['red watch', 'black watch']);
    expect(skus({ articleType: ['Watches'], gender: ['Boys'] })).toEqual([]);
    expect(skus({ garmentType: ['DRESS'], baseColour: ['Blue', 'Black'], gender: ['Girls'] })).toEqual([
      'blue dress too',
    ]);
    expect(skus({ usage: ['Casual'] })).toEqual([]);
  });
});
