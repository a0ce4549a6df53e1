-- Words of titles and attributes with their garments, and groups of garments that differ only in color or size.

-- Up Migration

-- The garments of a word. An index finds them even behind row-level security. The operator @@ of full text is not
-- leakproof, so PostgreSQL does not use its index for a store's role, and counting the garments of a word would read
-- all garments.
create table garment_words (
  store_id text not null,
  word text collate "C" not null,
  garment_id bigint not null,
  primary key (store_id, word, garment_id),
  foreign key (store_id, garment_id) references garments (store_id, id) on delete cascade
);
create index garment_words_of_garment on garment_words (store_id, garment_id);

grant select, insert, update, delete on garment_words to fitroom_store;
alter table garment_words enable row level security, force row level security;
create policy of_its_store on garment_words using (store_id = nullif(current_setting('app.store', true), ''));

-- Words of title (A) and attributes (B) without descriptions. Overlong words are left out.
create function words_of_garment(search_words tsvector) returns text[]
  language sql immutable parallel safe
  return array(select word from unnest(tsvector_to_array(ts_filter(search_words, '{a,b}'))) word where length(word) <= 100);

create function keep_garment_words() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    delete from garment_words w where w.store_id = new.store_id and w.garment_id = new.id;
  end if;
  insert into garment_words (store_id, word, garment_id)
    select new.store_id, word, new.id from unnest(words_of_garment(new.search_words)) word;
  return null;
end $$;

create trigger garment_words_of_new after insert on garments for each row execute function keep_garment_words();
create trigger garment_words_of_changed after update on garments for each row
  when (old.search_words is distinct from new.search_words) execute function keep_garment_words();

insert into garment_words (store_id, word, garment_id)
  select g.store_id, word, g.id from garments g, unnest(words_of_garment(g.search_words)) word;

-- A hash of the brand and the title without color and size, equal for garments that differ only in color or size. Null
-- if a single word remains, because it names a type ("dress") and not a garment.
create function garment_variant(title text, brand text) returns bigint
  language sql immutable parallel safe
begin atomic
  select case
    when stem ~ '\S \S' or (stem ~ '[一-龥]' and length(stem) >= 4)
    then hashtextextended(stem || '|' || lower(coalesce(brand, '')), 0)
  end
  from (
    select trim(regexp_replace(
      regexp_replace(
        regexp_replace(' ' || lower(title) || ' ', '[\s,;:/|()"]+', '  ', 'g'),
        '([浅深藏淡亮]?(?:黑|白|蓝|红|绿|黄|灰|粉|紫|棕|橙|米|青|咖啡|卡其|杏|银|金|驼)色|[0-9]+码|均码)', ' ', 'g'
      ),
      ' (?:black|white|blue|navy|red|green|grey|gray|pink|yellow|brown|purple|orange|beige|cream|maroon|burgundy|olive|khaki' ||
      '|teal|turquoise|charcoal|tan|taupe|nude|peach|rose|rust|mustard|lavender|mauve|magenta|coral|lilac|ivory|gold|silver' ||
      '|copper|bronze|steel|mint|cyan|violet|indigo|fuchsia|camel|ecru|off-white|multi|multicolou?r(?:ed)?|melange|light|dark' ||
      '|bright|pastel|coffee|mushroom|fluorescent|lime|sea|skin|xxs|xs|s|m|l|x?x?xl|[2-6]xl|one-size|size|petite|plus' ||
      '|(?:eu|uk|us)-?[0-9]{1,2}(?:\.5)?|[0-9]{2,3}cm)(?= )',
      ' ', 'g'
    )) as spaced
  ) cleaned, lateral (select regexp_replace(spaced, '\s+', ' ', 'g') as stem) stems;
end;

alter table garments add column variant bigint generated always as (garment_variant(title, brand)) stored;
create index garments_variant on garments (store_id, variant) where variant is not null;

-- Down Migration

drop index garments_variant;
alter table garments drop column variant;
drop function garment_variant;
drop trigger garment_words_of_new on garments;
drop trigger garment_words_of_changed on garments;
drop function keep_garment_words;
drop table garment_words;
drop function words_of_garment;
