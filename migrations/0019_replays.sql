-- What an answer is given again from, and what of the catalog has changed since.

-- Up Migration

alter table recommendations
  -- {"features": float32 in base64, "shownType", "isBlank"}: what the encoder made of the picture, which itself is not kept
  add column picture json,
  -- {"text", "avoid"}: the same of the words, and of each thing that was not wanted: a word’s features differ in their last
  -- bits with what else is encoded beside it
  add column words json,
  -- the first of the ranking and some more, whatever was read of it: ids, and scores without what diversity takes off
  add column ranked_ids bigint[] not null default '{}',
  add column ranked_scores double precision[] not null default '{}',
  add constraint recommendations_scores_of_ids check (cardinality(ranked_ids) = cardinality(ranked_scores)),
  -- what the head reads comes out of words and picture again
  drop column reading;

alter table merchandising_rules add column updated_at timestamptz not null default now();

-- Down Migration

alter table merchandising_rules drop column updated_at;
alter table recommendations
  add column reading json not null default '{}',
  drop constraint recommendations_scores_of_ids,
  drop column ranked_scores,
  drop column ranked_ids,
  drop column words,
  drop column picture;
