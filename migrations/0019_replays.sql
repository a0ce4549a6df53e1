-- Data from which a recommendation is replayed, and changes of the catalog since then.

-- Up Migration

alter table recommendations
  -- {"features": float32 in base64, "shownType", "isBlank"}: the encoder's output for the picture, which is not stored
  add column picture json,
  -- {"text", "avoid"}: the same for the text and for each unwanted attribute. Features of a text differ in their last
  -- bits depending on the batch, so they are stored.
  add column words json,
  -- the first garments of the ranking, more than were requested: ids, and scores before MMR
  add column ranked_ids bigint[] not null default '{}',
  add column ranked_scores double precision[] not null default '{}',
  add constraint recommendations_scores_of_ids check (cardinality(ranked_ids) = cardinality(ranked_scores)),
  -- the classification can be computed again from text and picture
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
