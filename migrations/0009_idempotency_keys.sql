-- Responses stored under idempotency keys: a call that is sent again gets the stored response and is not repeated.

-- Up Migration

create table idempotency_keys (
  store_id text not null,
  key text not null check (char_length(key) between 1 and 255),
  -- SHA-256 of the call's parameters; the same key with other parameters is an error of the caller
  parameters_hash text not null check (parameters_hash ~ '^[0-9a-f]{64}$'),
  -- json keeps the text as it is, so that the repeated response is identical to the first one
  answer json not null,
  created_at timestamptz not null default now(),
  primary key (store_id, key)
);

create index idempotency_keys_age on idempotency_keys (store_id, created_at);

grant select, insert, update, delete on idempotency_keys to fitroom_store;
alter table idempotency_keys enable row level security, force row level security;
create policy of_its_store on idempotency_keys using (store_id = nullif(current_setting('app.store', true), ''));

-- Down Migration

drop table idempotency_keys;
