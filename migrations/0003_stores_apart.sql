-- Stores: a statement sees only the rows of its own store. Every statement about a store runs as the role
-- fitroom_store, which the policies restrict, with app.store set for its transaction (src/store/store.scope.ts). FORCE
-- applies the policies to the owner too; superusers and roles with BYPASSRLS are exempt. A later migration that changes
-- rows must lift FORCE temporarily, unless an exempt role runs it.

-- Up Migration

create table stores (
  store_id text primary key check (store_id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null check (char_length(name) between 1 and 200),
  created_at timestamptz not null default now()
);

-- the store of a deployment that has only one
insert into stores (store_id, name) values ('default', 'Default');

do $$ begin execute format('grant usage on schema %I to fitroom_store', current_schema()); end $$;
grant select on stores to fitroom_store;
grant select, insert, update, delete on garments, garment_images, garment_embeddings to fitroom_store;

-- An unset setting reads as null, and one left over from an earlier transaction reads as ''. Neither is a store.
alter table stores enable row level security, force row level security;
create policy its_own on stores using (store_id = nullif(current_setting('app.store', true), ''));
alter table garments enable row level security, force row level security;
create policy of_its_store on garments using (store_id = nullif(current_setting('app.store', true), ''));
alter table garment_images enable row level security, force row level security;
create policy of_its_store on garment_images using (store_id = nullif(current_setting('app.store', true), ''));
alter table garment_embeddings enable row level security, force row level security;
create policy of_its_store on garment_embeddings using (store_id = nullif(current_setting('app.store', true), ''));

-- Down Migration

drop policy of_its_store on garment_embeddings;
alter table garment_embeddings no force row level security, disable row level security;
drop policy of_its_store on garment_images;
alter table garment_images no force row level security, disable row level security;
drop policy of_its_store on garments;
alter table garments no force row level security, disable row level security;
revoke all on garments, garment_images, garment_embeddings from fitroom_store;
drop table stores;
