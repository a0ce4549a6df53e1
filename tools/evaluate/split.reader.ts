// Reader of a labeled split: rows of metadata.jsonl with their pictures.
// A split has about 5 MB and is held in memory.
import { createReadStream, existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { GARMENT_TYPES, type GarmentType } from '../../src/domain/catalog/garment.js';
import { unpacked } from '../../src/feeds/byte.stream.js';
import { entriesOf, METADATA_FILE } from '../../src/feeds/tar.entries.js';
import { CannotRun } from '../../src/cli/exit.js';
import { garmentTypeOf } from './lexicon.js';

export type SplitName = 'val' | 'test';

/** A picture with its known labels; unknown ones are null. */
export interface Product {
  sku: string;
  title: string;
  /** Men, Women, Boys, Girls, Kids, Unisex. */
  gender: string | null;
  masterCategory: string | null;
  category: string | null;
  color: string | null;
  usage: string | null;
  /** Null if it is not one of the ten types. */
  garmentType: GarmentType | null;
  picture: Uint8Array;
}

/** A photo of one garment, taken at home. */
export interface HomePhoto {
  picture: Uint8Array;
  garmentType: GarmentType;
}

const word = z
  .string()
  .nullish()
  .transform((value) => value || null);
const productRow = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  title: z.string(),
  image: z.string(),
  gender: word,
  masterCategory: word,
  articleType: word,
  baseColour: word,
  usage: word,
});
const photoRow = z.object({ image: z.string(), label: z.string() });

/** Labels of the photos that differ from the name of the type. */
const PHOTO_LABELS: Record<string, GarmentType> = { longsleeve: 'LONG_SLEEVE', outwear: 'OUTERWEAR' };

/**
 * Returns the products of a tar.
 * @param limit maximum number of rows, counted from the first
 * @throws CannotRun if the file is missing or a row is malformed
 */
export async function readProducts(path: string, limit = Infinity): Promise<Product[]> {
  const { rows, pictures } = await readTar(path, productRow, limit);
  return rows.map(({ id, title, image, gender, masterCategory, articleType, baseColour, usage }) => ({
    sku: id,
    title,
    gender,
    masterCategory,
    category: articleType,
    color: baseColour,
    usage,
    garmentType: articleType === null ? null : garmentTypeOf(articleType),
    picture: requirePicture(pictures, image, path),
  }));
}

/** Returns the photos of a tar. Null if the file is missing. */
export async function readPhotos(path: string, limit = Infinity): Promise<HomePhoto[] | null> {
  if (!existsSync(path)) return null;
  const { rows, pictures } = await readTar(path, photoRow, limit);
  return rows.map(({ image, label }) => {
    const garmentType = PHOTO_LABELS[label] ?? GARMENT_TYPES.find((type) => type === upperSnake(label));
    if (!garmentType) throw new CannotRun(`${path}: "${label}" is not one of the ten photo labels.`);
    return { picture: requirePicture(pictures, image, path), garmentType };
  });
}

/** Returns the number of rows of each category, from the metadata alone. Null if the file is missing. */
export async function countCategories(path: string): Promise<Map<string, number> | null> {
  if (!existsSync(path)) return null;
  for await (const entry of entriesOf(unpacked(createReadStream(path), Infinity))) {
    if (posix.basename(entry.header.name) !== METADATA_FILE) {
      entry.resume();
      continue;
    }
    const counts = new Map<string, number>();
    for (const { articleType } of rowsOf(await buffer(entry), productRow, path)) {
      if (articleType) counts.set(articleType, (counts.get(articleType) ?? 0) + 1);
    }
    return counts;
  }
  throw new CannotRun(`${path} has no ${METADATA_FILE}.`);
}

/** Returns the path of a data file. @throws CannotRun naming the path if the file is missing */
export function requireDataFile(folder: string, name: string): string {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  throw new CannotRun(
    `${path} is missing, and the evaluation needs it.\n` +
      'FITROOM_DATA names the folder of fashion-products-test.tar and its siblings (default ../shared/data).',
  );
}

interface Tar<Row> {
  rows: Row[];
  /** Pictures by path, relative to metadata.jsonl. */
  pictures: Map<string, Uint8Array>;
}

async function readTar<Row>(path: string, shape: z.ZodType<Row>, limit: number): Promise<Tar<Row>> {
  const pictures = new Map<string, Uint8Array>();
  let rows: Row[] | null = null;
  for await (const entry of entriesOf(unpacked(createReadStream(path), Infinity))) {
    const name = posix.normalize(entry.header.name);
    if (entry.header.type !== 'file') entry.resume();
    else if (posix.basename(name) === METADATA_FILE) rows = rowsOf(await buffer(entry), shape, path);
    else pictures.set(name, await buffer(entry));
  }
  if (!rows) throw new CannotRun(`${path} has no ${METADATA_FILE}.`);
  return { rows: rows.slice(0, limit), pictures };
}

function rowsOf<Row>(metadata: Buffer, shape: z.ZodType<Row>, path: string): Row[] {
  const lines = metadata.toString('utf8').split('\n');
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return [];
    const parsed = shape.safeParse(JSON.parse(line));
    if (parsed.success) return [parsed.data];
    const { path: field, message } = parsed.error.issues[0]!;
    throw new CannotRun(`${path}: line ${i + 1} of ${METADATA_FILE}: ${field.join('.')}: ${message}`);
  });
}

function requirePicture(pictures: ReadonlyMap<string, Uint8Array>, image: string, path: string): Uint8Array {
  const picture = pictures.get(posix.normalize(image));
  if (!picture) throw new CannotRun(`${path} lacks the picture ${image} that a row names.`);
  return picture;
}

function upperSnake(label: string): string {
  return label.toUpperCase().replace('-', '_');
}
