-- The outfits that a recommendation showed, so that feedback on an item counts for its outfit, and the outfit weights
-- that a store has learned from its shoppers.

-- Up Migration

create table shown_looks (
  store_id text not null references stores on delete cascade,
  recommendation_id uuid not null,
  -- skus of the items of each outfit, in the order in which the outfits were shown
  looks json not null,
  primary key (store_id, recommendation_id),
  foreign key (store_id, recommendation_id) references recommendations on delete cascade
);

grant select, insert, update, delete on shown_looks to fitroom_store;
alter table shown_looks enable row level security, force row level security;
create policy of_its_store on shown_looks using (store_id = nullif(current_setting('app.store', true), ''));

create table look_weights (
  store_id text primary key references stores on delete cascade,
  -- weight by part of the pair score; the weights sum to 1
  weights json not null,
  choices integer not null check (choices > 0),
  learned_at timestamptz not null
);

grant select, insert, update, delete on look_weights to fitroom_store;
alter table look_weights enable row level security, force row level security;
create policy of_its_store on look_weights using (store_id = nullif(current_setting('app.store', true), ''));

-- Down Migration

drop table look_weights;
drop table shown_looks;
