// What a merchant sends for one garment, checked and merged with what is stored: given fields are set, null clears,
// absent fields stay. Pure; every problem is reported, not only the first.
import type { ErrorCode } from '../errors.js';
import { requireAmount, requireCurrency } from './money.js';
import type { Garment, GarmentFacts, Gender, GarmentType, Money } from './garment.js';
import type { ImageSource } from './request.js';

export interface GarmentInput {
  sku: string;
  title: string;
  description?: string | null;
  brand?: string | null;
  category?: string | null;
  garmentType?: GarmentType | null;
  color?: string | null;
  material?: string | null;
  gender?: Gender | null;
  usage?: string | null;
  tags?: string[] | null;
  sizes?: string[] | null;
  price?: Money | null;
  inStock?: boolean | null;
  productUrl?: string | null;
  image?: ImageSource | null;
}

/** What is wrong with one garment of a call; `field` leads to it from the garment. */
export interface InputProblem {
  field: string[];
  code: ErrorCode;
  message: string;
}

/** Longest value of each text field, in characters. */
const LENGTHS = { description: 10_000, brand: 200, category: 200, color: 100, material: 200, usage: 100 } as const;
const MAX_LIST = 100;
const MAX_LIST_VALUE = 100;

/** @returns all that is wrong with the input by itself; empty: nothing */
export function problemsOf(input: GarmentInput): InputProblem[] {
  return [
    ...nameProblems(input),
    ...lengthProblems(input),
    ...priceProblems(input.price),
    ...urlProblems(input.productUrl),
  ];
}

/** The merchant's facts after this input: what the head had filled in does not count as said. */
export function mergeFacts(stored: Garment | null, input: GarmentInput): GarmentFacts {
  const said = stored ? merchantFacts(stored) : null;
  const pick = <Field extends keyof GarmentFacts>(field: Field, none: GarmentFacts[Field]): GarmentFacts[Field] => {
    const given = (input as Partial<Record<Field, GarmentFacts[Field] | null>>)[field];
    if (given === undefined) return said ? said[field] : none;
    return given === null ? none : cleaned(given);
  };
  return {
    title: input.title.trim(),
    description: pick('description', null),
    brand: pick('brand', null),
    category: pick('category', null),
    garmentType: pick('garmentType', null),
    color: pick('color', null),
    material: pick('material', null),
    gender: pick('gender', null),
    usage: pick('usage', null),
    tags: pick('tags', []),
    sizes: pick('sizes', []),
    price: pick('price', null),
    inStock: pick('inStock', true),
    productUrl: pick('productUrl', null),
  };
}

/** A stored garment's facts without what was inferred. */
export function merchantFacts(garment: Garment): GarmentFacts {
  const inferred = Object.fromEntries(garment.inferredFields.map((field) => [field, null]));
  return { ...garment, ...inferred };
}

/** Trimmed text, empty text as null; lists trimmed, without empty and repeated values. */
function cleaned<Value>(value: Value): Value {
  if (typeof value === 'string') return (value.trim() || null) as Value;
  if (Array.isArray(value)) {
    const values = value.map((item) => String(item).trim()).filter(Boolean);
    return [...new Set(values)] as Value;
  }
  return value;
}

function nameProblems(input: GarmentInput): InputProblem[] {
  const problems: InputProblem[] = [];
  const sku = input.sku.trim();
  if (sku === '' || sku.length > 200 || /\p{Cc}/u.test(sku)) {
    problems.push(problem('SKU_INVALID', 'sku', 'A sku has 1 to 200 characters and no control characters.'));
  }
  const title = input.title.trim();
  if (title === '' || title.length > 500) {
    problems.push(problem('TITLE_INVALID', 'title', 'A title has 1 to 500 characters.'));
  }
  return problems;
}

function lengthProblems(input: GarmentInput): InputProblem[] {
  const fields = Object.entries(LENGTHS)
    .filter(([field, most]) => (input[field as keyof typeof LENGTHS]?.length ?? 0) > most)
    .map(([field, most]) => problem('VALUE_TOO_LONG', field, `At most ${most} characters.`));
  const lists = (['tags', 'sizes'] as const)
    .filter((field) => tooLong(input[field] ?? []))
    .map((field) =>
      problem('VALUE_TOO_LONG', field, `At most ${MAX_LIST} values of at most ${MAX_LIST_VALUE} characters.`),
    );
  return [...fields, ...lists];
}

function tooLong(values: string[]): boolean {
  return values.length > MAX_LIST || values.some((value) => value.length > MAX_LIST_VALUE);
}

function problem(code: ErrorCode, field: string, message: string): InputProblem {
  return { field: [field], code, message };
}

function priceProblems(price: Money | null | undefined): InputProblem[] {
  if (!price) return [];
  const problems: InputProblem[] = [];
  for (const [field, check] of [
    ['amount', () => requireAmount(price.amount)],
    ['currency', () => requireCurrency(price.currency)],
  ] as const) {
    const problem = problemFrom(check, ['price', field]);
    if (problem) problems.push(problem);
  }
  return problems;
}

function problemFrom(check: () => unknown, field: string[]): InputProblem | null {
  try {
    check();
    return null;
  } catch (error) {
    const { code, message } = error as InputProblem;
    return { field, code, message };
  }
}

function urlProblems(productUrl: string | null | undefined): InputProblem[] {
  if (!productUrl) return [];
  const parsed = URL.canParse(productUrl) ? new URL(productUrl) : null;
  if (parsed && ['http:', 'https:'].includes(parsed.protocol) && productUrl.length <= 2000) return [];
  return [
    { field: ['productUrl'], code: 'PRODUCT_URL_INVALID', message: 'An http(s) address of at most 2,000 characters.' },
  ];
}
