// Rare terms of a request, and the garments that have them: full-text search by the table of words.
import {
  COMMON_FROM,
  MOST_WORDS,
  RARE_UP_TO,
  inverseDocumentWeight,
  type RareTermHits,
  type RareTermQuery,
  type RareTerm,
} from '../domain/text/rare.terms.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { mayBeStored } from '../domain/shared/text.js';
import { storableText } from './database/storable.text.js';
import type { Database } from './database/database.types.js';

interface TermRow {
  /** Null in the row that holds the garments with a named SKU. */
  word: string | null;
  having: number;
  garments: number;
  /** Ids of the garments with a rare term, or with a named SKU. Null for a common term. */
  ids: string[] | null;
}

/** Maximum number of candidates that rare terms add to those of the vectors. */
const MOST_GARMENTS = 100;

/** Returns each lexeme once, with the number of garments that have it. Counting stops where a term is common. */
const RARE_TERMS = `
  with size as materialized (
    select count(*)::int as garments from (select from garments where store_id = $1 limit ${COMMON_FROM}) counted
  ), asked as (
    select unnest(tsvector_to_array(to_tsvector('simple', $2))) as word
  )
  select asked.word, found.having, size.garments,
    case when found.having <= ${RARE_UP_TO} then array(
      select w.garment_id::text from garment_words w where w.store_id = $1 and w.word = asked.word
    ) end as ids
  from size, asked, lateral (
    select count(*)::int as having from (
      select from garment_words w where w.store_id = $1 and w.word = asked.word limit ${COMMON_FROM}
    ) counted
  ) found
  where found.having > 0
  union all
  select null, 0, size.garments, array(select g.id::text from garments g where g.store_id = $1 and g.sku = any($3::text[]))
  from size`;

export class RareTermSearch {
  constructor(private readonly database: Database) {}

  /** Returns the rare terms of a text and the garments that have them, regardless of filters. */
  async find(ctx: StoreContext, { text, skus }: RareTermQuery): Promise<RareTermHits> {
    const values = [ctx.storeId, storableText(text), skus.filter(mayBeStored)];
    const rows = await this.database.within(ctx).query<TermRow>(RARE_TERMS, values);
    const weightedTerms = rows.flatMap((row) =>
      row.word === null ? [] : [{ ...row, word: row.word, weight: inverseDocumentWeight(row.garments, row.having) }],
    );
    const words: RareTerm[] = weightedTerms
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1))
      .slice(0, MOST_WORDS)
      .map(({ word, weight }) => ({ word, weight }));
    const named = rows.find(({ word }) => word === null)?.ids ?? [];
    return {
      words,
      named,
      garmentIds: [...new Set([...named, ...byTotalWeight(weightedTerms)])].slice(0, MOST_GARMENTS),
    };
  }
}

/** Returns garment ids by the total weight of the rare terms that they have, the highest first, ties by id. */
function byTotalWeight(rows: readonly { weight: number; ids: string[] | null }[]): string[] {
  const weights = new Map<string, number>();
  for (const { weight, ids } of rows) for (const id of ids ?? []) weights.set(id, (weights.get(id) ?? 0) + weight);
  return [...weights].sort(([a, x], [b, y]) => y - x || a.length - b.length || (a < b ? -1 : 1)).map(([id]) => id);
}
