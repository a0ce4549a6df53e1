-- The catalog as points on a plane: where each garment lies for each model that has embedded it, and how the map was drawn.

-- Up Migration

create table catalog_maps (
  store_id text not null references stores (store_id) on delete cascade,
  -- name@version of the bundle
  model text not null check (model <> ''),
  drawn_at timestamptz not null,
  -- garments that the drawing itself placed; what has come since was put beside its nearest
  drawn integer not null check (drawn >= 0),
  -- at k = 15 (Venna & Kaski 2001); null where there are too few garments for it
  trustworthiness double precision,
  primary key (store_id, model)
);

create table garment_positions (
  store_id text not null,
  garment_id bigint not null,
  model text not null,
  x real not null,
  y real not null,
  -- of the features that it was placed by: a garment with others by now is to be placed again
  features_hash bigint not null,
  -- by the drawing itself, and not beside its nearest
  is_drawn boolean not null,
  primary key (store_id, garment_id, model),
  -- with the embedding, the garment and the store, whichever goes first
  foreign key (store_id, garment_id, model) references garment_embeddings (store_id, garment_id, model) on delete cascade
);

-- what a position's features_hash is compared with
create function features_hash(words_hash text, image_hash text) returns bigint
  language sql immutable parallel safe
  return hashtextextended(words_hash || coalesce(image_hash, ''), 0);

grant select, insert, update, delete on catalog_maps, garment_positions to fitroom_store;
alter table catalog_maps enable row level security, force row level security;
create policy of_its_store on catalog_maps using (store_id = nullif(current_setting('app.store', true), ''));
alter table garment_positions enable row level security, force row level security;
create policy of_its_store on garment_positions using (store_id = nullif(current_setting('app.store', true), ''));

-- Down Migration

drop function features_hash;
drop table garment_positions;
drop table catalog_maps;
