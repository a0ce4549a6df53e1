-- Answers that are kept under the keys of the calls that got them, so that a call that is sent again is answered, not repeated.

-- Up Migration

create table idempotency_keys (
  store_id text not null,
  key text not null check (char_length(key) between 1 and 255),
  -- SHA-256 of what the call was about: the same key with anything else is a mistake of the caller's
  parameters_hash text not null check (parameters_hash ~ '^[0-9a-f]{64}$'),
  -- as text: what is answered again is what was answered, to the letter
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
