// Owns what goes into an export and in which order: rules and golden queries, pictures as they come, then the garments, since
// only then it is known which there are, and past answers with their feedback. Never more than a page of pictures is in memory.
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { once } from 'node:events';
import pLimit from 'p-limit';
import { sniffFormat } from '../../pictures/picture.format.js';
import type { ApiClient } from '../api.client.js';
import { answerPages } from './answer.pages.js';
import { ArchiveWriter } from './archive.writer.js';
import { catalogPages, exportedGarment, type ExportedGarment } from './catalog.pages.js';
import { downloadPicture } from './picture.download.js';
import { readSettings, SETTING_KINDS } from './store.settings.js';

export interface ExportOptions {
  /** Told after each page: garments so far and in all. */
  onProgress: (done: number, total: number) => void;
  /** Aborted: the export ends at the next page, and leaves nothing behind. */
  signal: AbortSignal;
}

/** What was exported, by kind. */
export interface ExportCount {
  garments: number;
  pictures: number;
  /** Past answers; 0 where the key may not read them. */
  answers: number;
  settings: Record<string, number>;
}

const DOWNLOADS_AT_ONCE = 4;
/** A picture that is replaced while it is fetched is looked up again; nobody replaces one so often within seconds. */
const LOOKS = 3;

interface PicturedGarment {
  facts: ExportedGarment['facts'];
  picture: Uint8Array | null;
}

/** @returns null where it was aborted @throws CannotRun where the server cannot be read; nothing is left behind then either */
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
    const answers = await writeAnswers(api, answersFile);
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
      // deleted since its page was read
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

/** @returns how many there are */
async function writeAnswers(api: ApiClient, file: string): Promise<number> {
  const lines = createWriteStream(file);
  let count = 0;
  for await (const answers of answerPages(api)) {
    count += answers.length;
    const text = answers.map((answer) => `${JSON.stringify(answer)}\n`).join('');
    if (!lines.write(text)) await once(lines, 'drain');
  }
  lines.end();
  await once(lines, 'close');
  return count;
}

/** A garment with the picture that it has at the same time; null where it has gone. */
async function withPicture(api: ApiClient, garment: ExportedGarment): Promise<PicturedGarment | null> {
  let now: ExportedGarment | null = garment;
  for (let look = 0; look < LOOKS && now; look++) {
    const { facts, imageUrl } = now;
    if (imageUrl === null) return { facts, picture: null };
    const picture = await downloadPicture(api.endpoint, imageUrl);
    if (picture) return { facts, picture };
    now = await exportedGarment(api, facts.sku);
  }
  return now && { facts: now.facts, picture: null };
}
