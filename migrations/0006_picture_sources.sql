-- Data that saves work on pictures: the source URL with its validators, which tell whether a picture has changed, and
-- the signs of the picture's features, which leave few candidates for the multiplication that finds near-duplicates.

-- Up Migration

alter table garment_images
  -- null if the picture was not fetched from a URL
  add column source_url text check (char_length(source_url) between 1 and 2048),
  -- validators in the form that the server of the URL sent them (RFC 9110, 8.8)
  add column source_etag text,
  add column source_modified text,
  add constraint garment_images_source check (
    source_url is not null or (source_etag is null and source_modified is null)
  );

-- One bit for each feature of the picture half, '1' above zero. Null without a picture and for older embeddings.
alter table garment_embeddings add column picture_signs bit varying;

-- Down Migration

alter table garment_embeddings drop column picture_signs;

alter table garment_images
  drop constraint garment_images_source,
  drop column source_url,
  drop column source_etag,
  drop column source_modified;
