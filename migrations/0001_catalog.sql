-- The catalog: merchants' data about garments, their pictures, and what the models computed from both. store_id is
-- first in every primary key, so that rows can be found, guarded and sharded by store.

-- Up Migration

-- array_to_string is only stable, because it accepts any type. For text it is immutable, which a generated column
-- requires.
create function joined_words(words text[]) returns text
  language sql immutable parallel safe
  return array_to_string(words, ' ');

create table garments (
  store_id text not null check (store_id <> ''),
  -- identity "always": an insert cannot choose an id, so ids are unique over all stores and never reused
  id bigint generated always as identity,
  -- byte order, so that pages by sku are the same on every server in any locale
  sku text collate "C" not null check (char_length(sku) between 1 and 200),
  title text not null check (char_length(title) between 1 and 500),
  description text,
  brand text,
  category text,
  garment_type text check (
    garment_type in
      ('DRESS', 'HAT', 'LONG_SLEEVE', 'OUTERWEAR', 'PANTS', 'SHIRT', 'SHOES', 'SHORTS', 'SKIRT', 'T_SHIRT')
  ),
  color text,
  material text,
  gender text check (gender in ('MEN', 'WOMEN', 'BOYS', 'GIRLS', 'KIDS', 'UNISEX')),
  usage text,
  tags text[] not null default '{}',
  sizes text[] not null default '{}',
  -- no fixed scale, so that "49.90" is returned as "49.90"
  price numeric check (price >= 0 and price < 10000000000 and scale(price) <= 4),
  currency char(3) check (currency ~ '^[A-Z]{3}$'),
  in_stock boolean not null default true,
  product_url text,
  inferred_fields text[] not null default '{}'
    check (inferred_fields <@ array['category', 'garmentType', 'color', 'gender', 'usage']),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- 'simple' splits at spaces and lowercases. It stems no language, because titles come in any, and keeps Chinese words
  -- whole.
  search_words tsvector not null generated always as (
    setweight(to_tsvector('simple', title), 'A') ||
    setweight(
      to_tsvector(
        'simple',
        coalesce(brand, '') || ' ' || coalesce(category, '') || ' ' || coalesce(color, '') || ' ' ||
        coalesce(material, '') || ' ' || joined_words(tags)
      ),
      'B'
    ) ||
    setweight(to_tsvector('simple', coalesce(description, '')), 'C')
  ) stored,
  primary key (store_id, id),
  unique (store_id, sku),
  check ((price is null) = (currency is null))
);

create index garments_search_words on garments using gin (search_words);
create index garments_garment_type on garments (store_id, garment_type);

create table garment_images (
  store_id text not null,
  garment_id bigint not null,
  -- at most 512 px on the longer side; stored so that another model can embed the picture again
  webp bytea not null check (octet_length(webp) > 0),
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  width integer not null check (width between 1 and 512),
  height integer not null check (height between 1 and 512),
  primary key (store_id, garment_id),
  foreign key (store_id, garment_id) references garments (store_id, id) on delete cascade
);

create table garment_embeddings (
  store_id text not null,
  garment_id bigint not null,
  -- name@version of the bundle; a garment can have embeddings of several models during a switch
  model text not null check (model <> ''),
  -- [F_t ; F_i], each half of length 1, or all 0 if the garment lacks that modality
  embedding halfvec not null,
  has_text boolean not null,
  has_image boolean not null,
  -- p(type | garment) in the order of the types above; all 0 if the garment is known to be none of them
  type_probabilities vector not null check (vector_dims(type_probabilities) = 10),
  -- p(color | garment) in the order of the bundle's labels
  color_probabilities vector not null,
  -- hashes of the embedded text and picture; unchanged garments are not embedded again
  words_hash text not null,
  image_hash text,
  embedded_at timestamptz not null default now(),
  primary key (store_id, garment_id, model),
  foreign key (store_id, garment_id) references garments (store_id, id) on delete cascade,
  check (has_text or has_image),
  check (has_image = (image_hash is not null))
);

-- Pictures are already compressed and vectors do not compress, so compression would only cost time. Vectors up to a
-- page stay in the row, because an exact search would otherwise fetch each of them from the TOAST table.
alter table garment_images alter column webp set storage external;
alter table garment_embeddings alter column embedding set storage main;

-- Down Migration

drop table garment_embeddings;
drop table garment_images;
drop table garments;
drop function joined_words;
