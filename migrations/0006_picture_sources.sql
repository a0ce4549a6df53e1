-- What saves work on a picture: where it came from, so that its address can be asked whether it has changed before anything
-- is fetched, and which of its features are above zero, so that few of them are multiplied to find near-duplicates.

-- Up Migration

alter table garment_images
  -- null: it came from no address
  add column source_url text check (char_length(source_url) between 1 and 2048),
  -- validators as the address sent them (RFC 9110, 8.8)
  add column source_etag text,
  add column source_modified text,
  add constraint garment_images_source check (
    source_url is not null or (source_etag is null and source_modified is null)
  );

-- of the picture half, '1' above zero; null where there is no picture, or it was embedded before this
alter table garment_embeddings add column picture_signs bit varying;

-- Down Migration

alter table garment_embeddings drop column picture_signs;

alter table garment_images
  drop constraint garment_images_source,
  drop column source_url,
  drop column source_etag,
  drop column source_modified;
