// Shopify product exports, with the column names before and since 2025.
// The rows of one handle are one product, and each of its colors is one garment with its sizes.
import type { ImportError } from '../domain/catalog/catalog.import.js';
import { foldVariant } from '../domain/recommend/variant.folding.js';
import type { GarmentInput } from '../domain/catalog/garment.input.js';
import { csvRecords, namedCells, type NamedCells } from './csv.records.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { heapBytes } from '../memory/heap.size.js';
import { isFailure, rowTooLong, rowUnreadable, type FeedItem } from './feed.js';
import { genderOf, withoutEmptyFields } from './google.item.js';
import { plainText } from './plain.text.js';
import { variantSku } from './variants.js';

const COLUMNS = {
  handle: ['handle', 'url handle'],
  title: ['title'],
  body: ['body (html)', 'description'],
  vendor: ['vendor'],
  type: ['type', 'custom product type'],
  category: ['product category', 'standard product type'],
  tags: ['tags'],
  published: ['published', 'published on online store'],
  status: ['status'],
  price: ['variant price', 'price'],
  quantity: ['variant inventory qty', 'inventory quantity'],
  tracker: ['variant inventory tracker', 'inventory tracker'],
  policy: ['variant inventory policy', 'continue selling when out of stock'],
  image: ['image src', 'product image url'],
  variantImage: ['variant image', 'variant image url'],
  gender: ['google shopping / gender'],
  ageGroup: ['google shopping / age group'],
} as const;

const COLOR = /^(colou?rs?|farben?|couleurs?|颜色|顏色)$/i;
const SIZE = /^(sizes?|größen?|tailles?|尺码|尺寸|尺碼)$/i;
const SOLD_WHEN_OUT_OF_STOCK = /^(continue|true)$/i;

type Cells = NamedCells['cells'];

/** A product: the first row of a handle holds the values shared by all its rows. */
interface Product {
  row: number;
  first: Cells;
  /** Number of the option for color and for size, for example "size" → 1. Null for a product without it. */
  options: Record<'color' | 'size', number | null>;
  image: string | undefined;
  /** Garments by color. The key is '' for a garment without a color. */
  garments: Map<string, GarmentInput>;
  bytes: number;
}

/** Reads an export. @param currency ISO 4217; an export names none */
export async function* readShopify(chunks: AsyncIterable<Uint8Array>, currency: string): AsyncGenerator<FeedItem> {
  let product: Product | null = null;
  for await (const record of namedCells(csvRecords(chunks))) {
    if (isFailure(record)) {
      yield record;
      continue;
    }
    const handle = cell(record.cells, 'handle');
    if (handle === undefined) {
      yield rowUnreadable(record.row, null, 'The row has no handle.');
      continue;
    }
    if (product && cell(product.first, 'handle') !== handle) yield* garmentsOf(product);
    if (!product || cell(product.first, 'handle') !== handle) product = productOf(record);
    if (!addRow(product, record.cells, currency)) yield rowTooLong(record.row);
  }
  if (product) yield* garmentsOf(product);
}

function cell(cells: Cells, column: keyof typeof COLUMNS): string | undefined {
  for (const name of COLUMNS[column]) if (cells[name] !== undefined) return cells[name];
  return undefined;
}

function productOf({ row, cells }: NamedCells): Product {
  const optionOf = (pattern: RegExp): number | null =>
    [1, 2, 3].find((n) => pattern.test(cells[`option${n} name`] ?? '')) ?? null;
  return {
    row,
    first: cells,
    options: { color: optionOf(COLOR), size: optionOf(SIZE) },
    image: undefined,
    garments: new Map(),
    bytes: 0,
  };
}

/** Adds a row to its product. @returns false if the product has no room for the row */
function addRow(product: Product, cells: Cells, currency: string): boolean {
  product.image ??= cell(cells, 'image');
  const isVariant = cell(cells, 'price') !== undefined || cells['option1 value'] !== undefined;
  // further pictures of a product are in separate rows
  if (!isVariant && product.garments.size > 0) return true;
  const variant = variantOf(product, cells, currency);
  const existing = product.garments.get(variant.color ?? '');
  if (existing) {
    foldVariant(existing, variant);
    return true;
  }
  product.bytes += heapBytes(variant);
  if (product.bytes > MEMORY_BOUNDS.importProduct.bytes) return false;
  product.garments.set(variant.color ?? '', variant);
  return true;
}

function variantOf({ first, options }: Product, cells: Cells, currency: string): GarmentInput {
  const optionValue = (n: number | null): string | undefined => (n === null ? undefined : cells[`option${n} value`]);
  const color = optionValue(options.color);
  const size = optionValue(options.size);
  const amount = cell(cells, 'price');
  const image = cell(cells, 'variantImage');
  return withoutEmptyFields({
    sku: variantSku(cell(first, 'handle')!, color),
    title: cell(first, 'title') ?? '',
    description: plainText(cell(first, 'body') ?? ''),
    brand: cell(first, 'vendor'),
    category: categoryOf(first),
    color,
    gender: genderOf(cell(first, 'gender'), cell(first, 'ageGroup')),
    tags: tagsOf(first),
    sizes: size === undefined ? undefined : [size],
    price: amount === undefined ? undefined : { amount, currency },
    inStock: isOffered(first) && isInStock(cells),
    image: image === undefined ? undefined : { kind: 'url', url: image },
  });
}

function categoryOf(first: Cells): string | undefined {
  return cell(first, 'type') ?? cell(first, 'category')?.split('>').at(-1)!.trim();
}

function tagsOf(first: Cells): string[] | undefined {
  const tags = cell(first, 'tags')?.split(',') ?? [];
  const trimmed = tags.map((tag) => tag.trim()).filter(Boolean);
  return trimmed.length > 0 ? trimmed : undefined;
}

/** Returns true for an active product. Drafts and unpublished products are stored but never recommended. */
function isOffered(first: Cells): boolean {
  const isPublished = !/^false$/i.test(cell(first, 'published') ?? '');
  return isPublished && /^active$/i.test(cell(first, 'status') ?? 'active');
}

/** Returns true if a variant is in stock. A variant without inventory tracking is always in stock. */
function isInStock(cells: Cells): boolean {
  const quantity = cell(cells, 'quantity');
  if (quantity === undefined || cell(cells, 'tracker') === undefined) return true;
  return Number(quantity) > 0 || SOLD_WHEN_OUT_OF_STOCK.test(cell(cells, 'policy') ?? '');
}

function* garmentsOf({ row, first, image, garments }: Product): Generator<FeedItem | ImportError> {
  if (cell(first, 'title') === undefined) {
    yield rowUnreadable(row, cell(first, 'handle')!, 'The first row of the product has no title.');
    return;
  }
  for (const input of garments.values()) {
    if (image !== undefined) input.image ??= { kind: 'url', url: image };
    yield { row, input };
  }
}
