// Input for one garment: validation, and merging with the stored garment.
import { ERROR_CODES, type ErrorCode } from '../../errors.js';
import { requireAmount, requireCurrency, requireMoney } from './money.js';
import type { Garment, GarmentFacts, Gender, GarmentType, Money } from './garment.js';
import type { ImageSource } from '../recommend/recommend.request.js';
import { isLongerThan, isSku, isStorable, isVisible } from '../shared/text.js';

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

/** One problem of a garment input. `field` is the path to the invalid value, starting at the garment. */
export interface InputProblem {
  field: string[];
  code: ErrorCode;
  message: string;
}

/** Maximum length of each text field, in characters. */
const LENGTHS = { description: 10_000, brand: 200, category: 200, color: 100, material: 200, usage: 100 } as const;
const MAX_TITLE = 500;
const MAX_LIST = 100;
const MAX_LIST_VALUE = 100;
const MAX_URL = 2000;

/** Returns every problem that the input has on its own, not only the first; an empty list for a valid input. */
export function problemsOf(input: GarmentInput): InputProblem[] {
  return [
    ...nameProblems(input),
    ...lengthProblems(input),
    ...storageProblems(input),
    ...priceProblems(input.price),
    ...urlProblems(input.productUrl),
  ];
}

/**
 * Returns the merchant's facts after this input: a present field is set, null clears it, an absent field keeps its
 * value. Inferred values of the stored garment do not count as the merchant's.
 */
export function mergeFacts(stored: Garment | null, input: GarmentInput): GarmentFacts {
  const storedFacts = stored ? merchantFacts(stored) : null;
  const pick = <Field extends keyof GarmentFacts>(
    field: Field,
    emptyValue: GarmentFacts[Field],
  ): GarmentFacts[Field] => {
    const inputValue = (input as Partial<Record<Field, GarmentFacts[Field] | null>>)[field];
    if (inputValue === undefined) return storedFacts ? storedFacts[field] : emptyValue;
    return inputValue === null ? emptyValue : cleaned(inputValue);
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
    price: validPrice(pick('price', null)),
    inStock: pick('inStock', true),
    productUrl: pick('productUrl', null),
  };
}

/** Returns a stored garment's facts without the inferred values. */
export function merchantFacts(garment: Garment): GarmentFacts {
  const inferred = Object.fromEntries(garment.inferredFields.map((field) => [field, null]));
  return { ...garment, ...inferred };
}

/**
 * Returns the first problem of an input whose text no database can store, or null. Such an input cannot be queued in a
 * table either.
 */
export function unstorableProblem(input: GarmentInput): InputProblem | null {
  const { sku, title, productUrl, tags, sizes } = input;
  const texts = [sku, title, productUrl, ...Object.keys(LENGTHS).map((field) => input[field as keyof typeof LENGTHS])];
  const areAllStorable = [...texts, ...(tags ?? []), ...(sizes ?? [])].every(
    (text) => text == null || isStorable(text),
  );
  return areAllStorable ? null : (problemsOf(input)[0] ?? null);
}

function storageProblems(input: GarmentInput): InputProblem[] {
  const texts = (Object.keys(LENGTHS) as (keyof typeof LENGTHS)[]).map((field) => ({
    value: input[field],
    path: [field],
  }));
  const items = (['tags', 'sizes'] as const).flatMap((field) =>
    (input[field] ?? []).slice(0, MAX_LIST).map((value, i) => ({ value, path: [field, String(i)] })),
  );
  const invalid = [...texts, ...items].filter(({ value }) => value != null && !isStorable(value));
  return invalid.map(({ path }) => ({ field: path, code: 'TEXT_INVALID', message: ERROR_CODES.TEXT_INVALID }));
}

function validPrice(price: Money | null): Money | null {
  return price && requireMoney(price);
}

/** Returns trimmed text, or null if nothing is visible. Lists lose surrounding space, empty values and duplicates. */
function cleaned<Value>(value: Value): Value {
  if (typeof value === 'string') return (isVisible(value) ? value.trim() : null) as Value;
  if (Array.isArray(value)) {
    const values = value.map((item) => String(item).trim()).filter(isVisible);
    return [...new Set(values)] as Value;
  }
  return value;
}

function nameProblems(input: GarmentInput): InputProblem[] {
  const problems: InputProblem[] = [];
  if (!isSku(input.sku.trim())) problems.push(problem('SKU_INVALID', 'sku', ERROR_CODES.SKU_INVALID));
  const title = input.title.trim();
  if (isLongerThan(title, MAX_TITLE) || !isVisible(title) || !isStorable(title)) {
    problems.push(problem('TITLE_INVALID', 'title', ERROR_CODES.TITLE_INVALID));
  }
  return problems;
}

function lengthProblems(input: GarmentInput): InputProblem[] {
  const fields = Object.entries(LENGTHS)
    .filter(([field, limit]) => isLongerThan(input[field as keyof typeof LENGTHS] ?? '', limit))
    .map(([field, limit]) => problem('VALUE_TOO_LONG', field, `At most ${limit} characters.`));
  const lists = (['tags', 'sizes'] as const)
    .filter((field) => tooLong(input[field] ?? []))
    .map((field) =>
      problem('VALUE_TOO_LONG', field, `At most ${MAX_LIST} values of at most ${MAX_LIST_VALUE} characters.`),
    );
  return [...fields, ...lists];
}

function tooLong(values: string[]): boolean {
  return values.length > MAX_LIST || values.some((value) => isLongerThan(value, MAX_LIST_VALUE));
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
  if (!productUrl || !isVisible(productUrl)) return [];
  const parsed = !isLongerThan(productUrl, MAX_URL) && URL.canParse(productUrl) ? new URL(productUrl) : null;
  const isAddress = parsed !== null && ['http:', 'https:'].includes(parsed.protocol);
  if (isAddress && isStorable(productUrl)) return [];
  return [
    {
      field: ['productUrl'],
      code: 'PRODUCT_URL_INVALID',
      message: 'An http or https URL of at most 2,000 characters.',
    },
  ];
}
