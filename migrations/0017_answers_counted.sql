-- Columns for analytics next to the JSON of the recommendation log: 20,000 recommendations are 200 MB of JSON and 20 MB
-- of columns.

-- Up Migration

alter table recommendations
  -- skus of the shown garments, and their ranks
  add column shown_skus text[] not null default '{}',
  add column shown_ranks integer[] not null default '{}',
  -- highest cosine between the request and the text or picture of a shown garment; null if none was shown
  add column best_similarity double precision,
  add constraint recommendations_ranks_of_skus check (cardinality(shown_skus) = cardinality(shown_ranks));

update recommendations set
  shown_skus = array(select s ->> 'sku' from json_array_elements(shown) s),
  shown_ranks = array(select (s ->> 'rank')::integer from json_array_elements(shown) s),
  best_similarity = (
    select max(greatest((s ->> 'textSimilarity')::float8, (s ->> 'imageSimilarity')::float8))
    from json_array_elements(shown) s
  );

create index feedback_by_time on feedback (store_id, at);

-- Down Migration

drop index feedback_by_time;
alter table recommendations
  drop constraint recommendations_ranks_of_skus,
  drop column best_similarity,
  drop column shown_ranks,
  drop column shown_skus;
