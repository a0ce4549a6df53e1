-- Pictures are stored as JPEG from here on: a WebP took four times as long to write. Those that are there stay what they are.

-- Up Migration

alter table garment_images rename column webp to bytes;

-- Down Migration

alter table garment_images rename column bytes to webp;
