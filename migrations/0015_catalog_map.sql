-- The catalog map: the position of each garment on a plane for each model that embedded it, and the quality of the map.

-- Up Migration

create table catalog_maps (
  store_id text not null references stores (store_id) on delete cascade,
  -- name@version of the bundle
  model text not null check (model <> ''),
  drawn_at timestamptz not null,
  -- number of garments placed by the drawing; later garments are placed next to their nearest neighbors
  drawn integer not null check (drawn >= 0),
  -- at k = 15 (Venna & Kaski 2001); null for a catalog with too few garments
  trustworthiness double precision,
  primary key (store_id, model)
);

create table garment_positions (
  store_id text not null,
  garment_id bigint not null,
  model text not null,
  x real not null,
  y real not null,
  -- hash of the features at the time of placement; a garment whose features have changed is placed again
  features_hash bigint not null,
  -- true if the drawing placed the garment, false if it was placed next to its nearest neighbors
  is_drawn boolean not null,
  primary key (store_id, garment_id, model),
  -- deleted with the embedding, the garment or the store
  foreign key (store_id, garment_id, model) references garment_embeddings (store_id, garment_id, model) on delete cascade
);

-- compared with the features_hash of a position
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
