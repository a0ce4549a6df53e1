-- From now on pictures are stored as JPEG, because writing a WebP took four times as long. Existing pictures stay as
-- they are.

-- Up Migration

alter table garment_images rename column webp to bytes;

-- Down Migration

alter table garment_images rename column bytes to webp;
