// Figures of hand-written requests, which use no template and exist in both languages, and the format of their file.
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

const labels = z.array(z.string().min(1)).min(1).optional();

const querySchema = z.object({
  /** The same for the English and the Chinese text of a request. */
  id: z.string().min(1),
  language: z.enum(LANGUAGES as ['en', 'zh']),
  text: z.string().min(1),
  /** A relevant garment matches every key; a key matches if any value of its list does. */
  want: z.strictObject({
    articleType: labels,
    baseColour: labels,
    gender: labels,
    usage: labels,
    garmentType: z.array(z.enum(GARMENT_TYPES)).min(1).optional(),
  }),
});

export type HandWrittenQuery = z.infer<typeof querySchema>;

export async function measureQueries({ index, catalog, queriesFile }: Evaluation, sheet: FigureSheet): Promise<void> {
  if (!existsSync(queriesFile)) return sheet.note(`Left out: ${queriesFile} is missing.`);
  const pairs = pairsOf(readQueries(queriesFile));
  const answerable = pairs.filter(({ en, zh }) => [en, zh].every(({ want }) => relevantTo(want, index).size > 0));
  if (answerable.length < pairs.length) {
    sheet.note(`${pairs.length - answerable.length} requests are left out: nothing in the split has what they want.`);
  }
  const precisions: Record<string, number[]> = {};
  for (const language of LANGUAGES) {
    const queries = answerable
      .map((pair) => pair[language])
      .map(({ text, want }) => ({ text, relevant: relevantTo(want, index) }));
    precisions[language] = await precisionsOf(catalog, queries);
    const label = `hand-written requests → picture, nP@10, ${LANGUAGE_NAMES[language]}`;
    sheet.mean([`queries.np10.${language}`, label], precisions[language]);
  }
  sheet.ratio(['zhToEn.queries', '… Chinese ÷ English'], precisions['zh']!, precisions['en']!);
}

/** Reads the requests of a file. @throws CannotRun naming the malformed line */
export function readQueries(path: string): HandWrittenQuery[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, i) => {
      if (line.trim() === '') return [];
      const parsed = querySchema.safeParse(jsonOf(line));
      if (parsed.success) return [parsed.data];
      const { path: field, message } = parsed.error.issues[0]!;
      throw new CannotRun(`${path}: line ${i + 1}: ${[...field, message].join(': ')}`);
    });
}

/** Returns undefined for malformed JSON, which the schema then rejects. */
function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Returns the skus of the relevant garments. Unisex garments count for men and for women. */
export function relevantTo(want: HandWrittenQuery['want'], { products }: ProductIndex): Set<string> {
  const matches = (product: Product): boolean =>
    has(want.articleType, product.category) &&
    has(want.baseColour, product.color) &&
    has(withUnisex(want.gender), product.gender) &&
    has(want.usage, product.usage) &&
    has(want.garmentType, product.garmentType);
  return new Set(products.filter(matches).map(({ sku }) => sku));
}

function has(wanted: readonly string[] | undefined, value: string | null): boolean {
  return wanted === undefined || (value !== null && wanted.includes(value));
}

function withUnisex(genders: readonly string[] | undefined): readonly string[] | undefined {
  const hasAdults = genders?.some((gender) => gender === 'Men' || gender === 'Women');
  return hasAdults ? [...genders!, 'Unisex'] : genders;
}

/** Returns the two texts of each id. @throws CannotRun if one is missing, because the ratio needs both */
function pairsOf(queries: readonly HandWrittenQuery[]): Record<Language, HandWrittenQuery>[] {
  return [...new Set(queries.map(({ id }) => id))].map((id) => {
    const inLanguage = (language: Language): HandWrittenQuery => {
      const match = queries.find((other) => other.id === id && other.language === language);
      if (!match) throw new CannotRun(`The hand-written request ${id} has no ${LANGUAGE_NAMES[language]} text.`);
      return match;
    };
    return { en: inLanguage('en'), zh: inLanguage('zh') };
  });
}
