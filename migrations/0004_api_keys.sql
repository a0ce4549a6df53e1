-- API keys of stores, and the creation of further stores. The role of a key decides what it may do
-- (src/domain/permissions.ts). A key is looked up before its store is known: a statement that sets app.key_hash sees
-- only the row with that hash.

-- Up Migration

create table api_keys (
  store_id text not null references stores (store_id) on delete cascade,
  id uuid not null,
  name text not null check (char_length(name) between 1 and 200),
  role text not null check (role in ('STOREFRONT', 'MERCHANT', 'ANALYST', 'ADMIN')),
  -- SHA-256 of the key's text, in hex. A key is 256 random bits, which cannot be guessed, so a slow hash would add
  -- nothing.
  key_hash text not null unique check (key_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default now(),
  -- rounded to the minute, so that a busy key does not write a row for every request
  last_used_at timestamptz,
  -- revoked keys are kept, because the records of their actions refer to them
  revoked_at timestamptz,
  primary key (store_id, id)
);

-- keys can be created, used and revoked, but not changed or deleted
grant select, insert (store_id, id, name, role, key_hash), update (last_used_at, revoked_at) on api_keys to fitroom_store;

alter table api_keys enable row level security, force row level security;
create policy of_its_store on api_keys using (store_id = nullif(current_setting('app.store', true), ''));
create policy whose_hash_is_named on api_keys for select
  using (key_hash = nullif(current_setting('app.key_hash', true), ''));

-- The deployment itself creates and lists stores, under its own role. FORCE would restrict that role as well.
create policy of_the_deployment on stores using (current_user <> 'fitroom_store');

-- Down Migration

drop policy of_the_deployment on stores;
drop table api_keys;
