// Baseline of the evaluation: PostgreSQL full text in English with stemming, over texts outside a catalog.
import type { Database } from '../../src/store/database/database.types.js';

/**
 * Returns the texts that contain any word of a query, best first by cover density; ties keep the order of the texts.
 * @param limit maximum number of texts for each query
 * @returns for each query the positions of its texts, counted from 0
 */
export async function rankByFullText(
  database: Database,
  texts: readonly string[],
  queries: readonly string[],
  limit: number,
): Promise<number[][]> {
  const rows = await database.query<{ asked: number; found: number }>(
    `with documents as materialized (
       select position, to_tsvector('english', words) as lexemes
       from unnest($1::text[]) with ordinality as given (words, position)
     ), asked as materialized (
       -- plainto_tsquery joins the words by "and"
       select position, replace(plainto_tsquery('english', words)::text, ' & ', ' | ')::tsquery as wanted
       from unnest($2::text[]) with ordinality as given (words, position)
     )
     select asked.position::int as asked, hit.position::int as found
     from asked cross join lateral (
       select d.position, ts_rank_cd(d.lexemes, asked.wanted) as likeness
       from documents d where d.lexemes @@ asked.wanted
       order by likeness desc, d.position
       limit $3
     ) hit
     order by asked.position, hit.likeness desc, hit.position`,
    [texts, queries, limit],
  );
  const ranked: number[][] = queries.map(() => []);
  for (const { asked, found } of rows) ranked[asked - 1]!.push(found - 1);
  return ranked;
}
