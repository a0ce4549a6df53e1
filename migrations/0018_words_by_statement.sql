-- Columns that every candidate query needs are stored with the garment. A trigger writes and deletes the words of
-- garments once per statement. The foreign key used before checked each word of each garment, and without table
-- statistics each check read all words: 4 ms per garment at 3,000 garments.

-- Up Migration

drop trigger garment_words_of_new on garments;
drop trigger garment_words_of_changed on garments;
drop function keep_garment_words;

alter table garment_words
  drop constraint garment_words_store_id_garment_id_fkey,
  add constraint garment_words_of_store foreign key (store_id) references stores (store_id) on delete cascade;

create function add_garment_words() returns trigger language plpgsql as $$
begin
  insert into garment_words (store_id, word, garment_id)
    select a.store_id, word, a.id from added a, unnest(words_of_garment(a.search_words)) word;
  return null;
end $$;

create function change_garment_words() returns trigger language plpgsql as $$
begin
  delete from garment_words w using before b join after a on a.store_id = b.store_id and a.id = b.id
    where b.search_words is distinct from a.search_words and w.store_id = b.store_id and w.garment_id = b.id;
  insert into garment_words (store_id, word, garment_id)
    select a.store_id, word, a.id
    from before b join after a on a.store_id = b.store_id and a.id = b.id, unnest(words_of_garment(a.search_words)) word
    where b.search_words is distinct from a.search_words;
  return null;
end $$;

create function drop_garment_words() returns trigger language plpgsql as $$
begin
  delete from garment_words w using gone g where w.store_id = g.store_id and w.garment_id = g.id;
  return null;
end $$;

create trigger garment_words_of_new after insert on garments
  referencing new table as added for each statement execute function add_garment_words();
create trigger garment_words_of_changed after update on garments
  referencing old table as before new table as after for each statement execute function change_garment_words();
create trigger garment_words_of_gone after delete on garments
  referencing old table as gone for each statement execute function drop_garment_words();

-- Title, own color and sizes. Garments that are equal in all of them are two models of one line, or duplicates, but not
-- variants.
alter table garments add column form bigint generated always as (hashtextextended(
  lower(title) || '|' || case when 'color' = any(inferred_fields) then '' else coalesce(lower(color), '') end || '|' ||
    joined_words(sizes), 0)) stored;

-- Down Migration

alter table garments drop column form;

drop trigger garment_words_of_new on garments;
drop trigger garment_words_of_changed on garments;
drop trigger garment_words_of_gone on garments;
drop function add_garment_words;
drop function change_garment_words;
drop function drop_garment_words;

alter table garment_words
  drop constraint garment_words_of_store,
  add constraint garment_words_store_id_garment_id_fkey
    foreign key (store_id, garment_id) references garments (store_id, id) on delete cascade;

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
