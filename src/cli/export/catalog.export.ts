// Export of a store: rules and golden queries, pictures, garments, then logged recommendations with feedback.
// Garments follow the pictures because only then the set of garments is known. At most one page of pictures is in
// memory.
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { once } from 'node:events';
import pLimit from 'p-limit';
import { sniffFormat } from '../../pictures/picture.format.js';
import type { ApiClient } from '../api.client.js';
import { recommendationPages } from './answer.pages.js';
import { ArchiveWriter } from './archive.writer.js';
import { catalogPages, exportedGarment, type ExportedGarment } from './catalog.pages.js';
import { downloadPicture } from './picture.download.js';
import { readSettings, SETTING_KINDS } from './store.settings.js';

export interface ExportOptions {
  /** Called after each page with the number of exported garments and the total. */
  onProgress: (done: number, total: number) => void;
  /** Abort signal. The export ends at the next page and leaves no file. */
  signal: AbortSignal;
}

/** Number of exported items by kind. */
export interface ExportCount {
  garments: number;
  pictures: number;
  /** Logged recommendations; 0 if the key may not read them. */
  answers: number;
  settings: Record<string, number>;
}

const DOWNLOADS_AT_ONCE = 4;
/**
 * Tries to get a garment with its picture. A picture that is replaced during the download is looked up again; more
 * replacements within seconds do not happen.
 */
const PICTURE_ATTEMPTS = 3;

interface PicturedGarment {
  facts: ExportedGarment['facts'];
  picture: Uint8Array | null;
}

/**
 * Exports a store to an archive. Returns null if it was aborted.
 * @throws CannotRun if the server cannot be read; no file is left in that case either
 */
export async function exportCatalog(api: ApiClient, path: string, options: ExportOptions): Promise<ExportCount | null> {
  const archive = new ArchiveWriter(path);
  const rowsFile = `${path}.rows.partial`;
  const answersFile = `${path}.answers.partial`;
  try {
    const settings = await addSettings(api, archive);
    const count = await addGarments(api, archive, { ...options, rowsFile });
    if (options.signal.aborted) {
      await archive.abandon();
      return null;
    }
    await archive.addFile('metadata.jsonl', rowsFile);
    const answers = await writeRecommendations(api, answersFile);
    if (answers > 0) await archive.addFile('answers.jsonl', answersFile);
    await archive.close();
    return { ...count, answers, settings };
  } catch (error) {
    await archive.abandon();
    throw error;
  } finally {
    await Promise.all([rowsFile, answersFile].map((file) => rm(file, { force: true })));
  }
}

async function addSettings(api: ApiClient, archive: ArchiveWriter): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of SETTING_KINDS) {
    const lines = await readSettings(api, kind);
    if (lines !== '') await archive.add(kind.file, lines);
    counts[kind.name] = lines.split('\n').length - 1;
  }
  return counts;
}

async function addGarments(
  api: ApiClient,
  archive: ArchiveWriter,
  { rowsFile, signal, onProgress }: ExportOptions & { rowsFile: string },
): Promise<Pick<ExportCount, 'garments' | 'pictures'>> {
  const count = { garments: 0, pictures: 0 };
  const rows = createWriteStream(rowsFile);
  const limit = pLimit(DOWNLOADS_AT_ONCE);
  for await (const { garments, total } of catalogPages(api)) {
    if (signal.aborted) break;
    const pictured = await Promise.all(garments.map((garment) => limit(() => withPicture(api, garment))));
    for (const garment of pictured) {
      // deleted after its page was read
      if (garment === null) continue;
      const { facts, picture } = garment;
      count.garments += 1;
      const image = picture && `pictures/${String(count.garments).padStart(6, '0')}.${sniffFormat(picture) ?? 'jpeg'}`;
      if (image) {
        await archive.add(image, picture);
        count.pictures += 1;
      }
      if (!rows.write(`${JSON.stringify(image ? { ...facts, image } : facts)}\n`)) await once(rows, 'drain');
    }
    onProgress(count.garments, total);
  }
  rows.end();
  await once(rows, 'close');
  return count;
}

/** Returns the number of logged recommendations written. */
async function writeRecommendations(api: ApiClient, file: string): Promise<number> {
  const lines = createWriteStream(file);
  let count = 0;
  for await (const page of recommendationPages(api)) {
    count += page.length;
    const text = page.map((recommendation) => `${JSON.stringify(recommendation)}\n`).join('');
    if (!lines.write(text)) await once(lines, 'drain');
  }
  lines.end();
  await once(lines, 'close');
  return count;
}

/** Returns a garment with the picture that belongs to the same state, or null if the garment was deleted. */
async function withPicture(api: ApiClient, garment: ExportedGarment): Promise<PicturedGarment | null> {
  let current: ExportedGarment | null = garment;
  for (let attempt = 0; attempt < PICTURE_ATTEMPTS && current; attempt++) {
    const { facts, imageUrl } = current;
    if (imageUrl === null) return { facts, picture: null };
    const picture = await downloadPicture(api.endpoint, imageUrl);
    if (picture) return { facts, picture };
    current = await exportedGarment(api, facts.sku);
  }
  return current && { facts: current.facts, picture: null };
}
