-- Where a picture came from, so that its address can be asked whether it has changed before anything is fetched.

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

-- Down Migration

alter table garment_images
  drop constraint garment_images_source,
  drop column source_url,
  drop column source_etag,
  drop column source_modified;
