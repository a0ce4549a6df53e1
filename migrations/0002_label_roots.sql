-- Up Migration

-- √p of every label output instead of p of the colors alone, so that label similarity is an inner product. Older
-- embeddings lack these columns. The server embeds garments without an embedding when it starts.
delete from garment_embeddings;

alter table garment_embeddings
  drop column color_probabilities,
  -- √p(label | garment) in the order of the bundle's labels
  add column category_roots vector not null,
  add column color_roots vector not null,
  add column gender_roots vector not null,
  add column usage_roots vector not null;

-- Down Migration

delete from garment_embeddings;

alter table garment_embeddings
  drop column category_roots,
  drop column color_roots,
  drop column gender_roots,
  drop column usage_roots,
  add column color_probabilities vector not null;
