-- Data for replays and learning, experiments with shoppers, and learned ranking weights.

-- Up Migration

alter table recommendations
  -- ranking settings of the request and the store besides `diversity`: requested fusion, number of garments, strength
  -- of the shopper profile, version of the learned weights, active rules
  add column settings json not null default '{}',
  -- classification of text and picture by the head, as the ranking used it: √p by label, float32 in base64
  add column reading json not null default '{}',
  -- [{"experiment": id, "variant": name}] of the shopper at that time
  add column variants jsonb not null default '[]';

create table experiments (
  store_id text not null,
  id uuid not null,
  name text not null check (name <> ''),
  -- [{"name", "weight", "settings"}]; the first variant is the control
  variants jsonb not null check (jsonb_array_length(variants) >= 2),
  started_at timestamptz not null,
  ended_at timestamptz check (ended_at >= started_at),
  primary key (store_id, id),
  constraint experiments_of_store foreign key (store_id) references stores (store_id) on delete cascade
);
-- finds the recommendations of a running experiment, to count how many shoppers gave which feedback
create index recommendations_by_variant on recommendations using gin (variants jsonb_path_ops);

grant select, insert, update, delete on experiments to fitroom_store;
alter table experiments enable row level security, force row level security;
create policy of_its_store on experiments using (store_id = nullif(current_setting('app.store', true), ''));

create table learned_rankings (
  store_id text not null,
  version int not null check (version >= 1),
  -- name@version of the bundle whose contributions are weighted
  model text not null,
  trained_at timestamptz not null,
  -- weight by contribution; a missing contribution has weight 1
  weights json not null,
  -- the training data of the weights, and their result on held-out recommendations
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
