// Hand-written requests: as people write them, in no template's words, each in both languages. Owns the form of their file.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PROJECT_ROOT } from '../../src/config.js';
import { GARMENT_TYPES } from '../../src/domain/catalog/garment.js';
import { CannotRun } from '../../src/cli/exit.js';
import { precisionsOf, type Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from './lexicon.js';
import type { ProductIndex } from './product.index.js';
import type { Product } from './split.reader.js';

export const QUERIES_FILE = join(PROJECT_ROOT, 'models', 'evaluation', 'queries.jsonl');

const values = z.array(z.string().min(1)).min(1).optional();

const query = z.object({
  /** The same in both languages. */
  id: z.string().min(1),
  language: z.enum(LANGUAGES as ['en', 'zh']),
  text: z.string().min(1),
  /** Every key holds; within a list any value does. */
  want: z.strictObject({
    articleType: values,
    baseColour: values,
    gender: values,
    usage: values,
    garmentType: z.array(z.enum(GARMENT_TYPES)).min(1).optional(),
  }),
});

export type HandWrittenQuery = z.infer<typeof query>;

export async function measureQueries({ index, catalog, queriesFile }: Evaluation, sheet: FigureSheet): Promise<void> {
  if (!existsSync(queriesFile)) return sheet.note(`Left out: ${queriesFile} is missing.`);
  const pairs = pairsOf(readQueries(queriesFile));
  const answerable = pairs.filter(({ en, zh }) => [en, zh].every(({ want }) => relevantTo(want, index).size > 0));
  if (answerable.length < pairs.length) {
    sheet.note(`${pairs.length - answerable.length} requests are left out: nothing in the split has what they want.`);
  }
  const found: Record<string, number[]> = {};
  for (const language of LANGUAGES) {
    const queries = answerable.map((pair) => pair[language]);
    const asks = queries.map(({ text, want }) => ({ text, relevant: relevantTo(want, index) }));
    found[language] = await precisionsOf(catalog, asks);
    const label = `hand-written requests → picture, nP@10, ${LANGUAGE_NAMES[language]}`;
    sheet.mean([`queries.np10.${language}`, label], found[language]);
  }
  sheet.ratio(['zhToEn.queries', '… Chinese ÷ English'], found['zh']!, found['en']!);
}

/** @throws CannotRun naming the line that is wrong */
export function readQueries(path: string): HandWrittenQuery[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, i) => {
      if (line.trim() === '') return [];
      const parsed = query.safeParse(jsonOf(line));
      if (parsed.success) return [parsed.data];
      const { path: field, message } = parsed.error.issues[0]!;
      throw new CannotRun(`${path}: line ${i + 1}: ${[...field, message].join(': ')}`);
    });
}

/** Undefined for what is no JSON: the form of a request then says so. */
function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Skus of the garments that a want is met by. A unisex garment is one for men and one for women. */
export function relevantTo(want: HandWrittenQuery['want'], { products }: ProductIndex): Set<string> {
  const fits = (product: Product): boolean =>
    has(want.articleType, product.category) &&
    has(want.baseColour, product.color) &&
    has(withUnisex(want.gender), product.gender) &&
    has(want.usage, product.usage) &&
    has(want.garmentType, product.garmentType);
  return new Set(products.filter(fits).map(({ sku }) => sku));
}

function has(wanted: readonly string[] | undefined, value: string | null): boolean {
  return wanted === undefined || (value !== null && wanted.includes(value));
}

function withUnisex(genders: readonly string[] | undefined): readonly string[] | undefined {
  const grown = genders?.some((gender) => gender === 'Men' || gender === 'Women');
  return grown ? [...genders!, 'Unisex'] : genders;
}

/** Each id in both languages. @throws CannotRun where one is missing: their ratio needs both */
function pairsOf(queries: readonly HandWrittenQuery[]): Record<Language, HandWrittenQuery>[] {
  return [...new Set(queries.map(({ id }) => id))].map((id) => {
    const inLanguage = (language: Language): HandWrittenQuery => {
      const one = queries.find((other) => other.id === id && other.language === language);
      if (!one) throw new CannotRun(`The hand-written request ${id} has no ${LANGUAGE_NAMES[language]} text.`);
      return one;
    };
    return { en: inLanguage('en'), zh: inLanguage('zh') };
  });
}
