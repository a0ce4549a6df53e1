// Google product feeds, as a text table, RSS 2.0 or Atom. All sizes of a product form one garment.
import type { ImportError } from '../domain/catalog/catalog.import.js';
import { csvRecords, namedCells } from './csv.records.js';
import { isFailure, type FeedItem } from './feed.js';
import { attributeName, googleGarment, type GoogleAttributes } from './google.item.js';
import { folded } from './variants.js';
import { xmlItems } from './xml.items.js';

export function readGoogleTable(chunks: AsyncIterable<Uint8Array>, now: Date): AsyncGenerator<FeedItem> {
  return folded(garments(namedAttributes(chunks), now));
}

export function readGoogleXml(chunks: AsyncIterable<Uint8Array>, now: Date): AsyncGenerator<FeedItem> {
  return folded(garments(xmlItems(chunks), now));
}

interface Item {
  row: number;
  attributes: GoogleAttributes;
}

async function* namedAttributes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Item | ImportError> {
  for await (const record of namedCells(csvRecords(chunks))) {
    if (isFailure(record)) yield record;
    else {
      const named = Object.entries(record.cells).map(([name, cell]) => [attributeName(name), cell] as const);
      yield { row: record.row, attributes: Object.fromEntries(named) };
    }
  }
}

async function* garments(items: AsyncIterable<Item | ImportError>, now: Date): AsyncGenerator<FeedItem> {
  for await (const item of items) yield isFailure(item) ? item : googleGarment(item.row, item.attributes, now);
}
