-- What answers are replayed from and learned from, experiments over shoppers, and weights of the ranking that were learned.

-- Up Migration

alter table recommendations
  -- what the request and the store set of the ranking beside `diversity`: the fusion as it was wished, how many garments
  -- were wanted, the strength of taste, the version of learned weights, the rules in force
  add column settings json not null default '{}',
  -- what the head read in words and picture, as the ranking used it: √p by label, float32 in base64
  add column reading json not null default '{}',
  -- [{"experiment": id, "variant": name}], as the shopper had them
  add column variants jsonb not null default '[]';

create table experiments (
  store_id text not null,
  id uuid not null,
  name text not null check (name <> ''),
  -- [{"name", "weight", "settings"}], the first is what the others are compared with
  variants jsonb not null check (jsonb_array_length(variants) >= 2),
  started_at timestamptz not null,
  ended_at timestamptz check (ended_at >= started_at),
  primary key (store_id, id),
  constraint experiments_of_store foreign key (store_id) references stores (store_id) on delete cascade
);
-- a running experiment's answers and how many shoppers did what with them
create index recommendations_by_variant on recommendations using gin (variants jsonb_path_ops);

grant select, insert, update, delete on experiments to fitroom_store;
alter table experiments enable row level security, force row level security;
create policy of_its_store on experiments using (store_id = nullif(current_setting('app.store', true), ''));

create table learned_rankings (
  store_id text not null,
  version int not null check (version >= 1),
  -- name@version of the bundle whose contributions were weighed
  model text not null,
  trained_at timestamptz not null,
  -- by contribution; what is not named weighs 1
  weights json not null,
  -- what it was learned from and how well it did on answers that it had not seen
  report json not null,
  in_use boolean not null,
  primary key (store_id, version),
  constraint learned_rankings_of_store foreign key (store_id) references stores (store_id) on delete cascade
);
create unique index learned_ranking_in_use on learned_rankings (store_id, model) where in_use;

grant select, insert, update, delete on learned_rankings to fitroom_store;
alter table learned_rankings enable row level security, force row level security;
create policy of_its_store on learned_rankings using (store_id = nullif(current_setting('app.store', true), ''));

-- Down Migration

drop table learned_rankings;
drop table experiments;
alter table recommendations
  drop column settings,
  drop column reading,
  drop column variants;
