-- The outfit slot of a garment, so that an index finds candidates for a slot. The table is the same as in
-- src/domain/outfit/slot.ts, and a test compares the two. If it changes, a migration must replace the column.

-- Up Migration

create function outfit_slot(category text, garment_type text) returns text
  language sql immutable parallel safe
  return case
    when lower(trim(category)) in ('caps', 'hat', 'headband') then 'HEAD'
    when lower(trim(category)) in
      ('tshirts', 'shirts', 'tops', 'tunics', 'kurtas', 'kurtis', 'sweaters', 'sweatshirts') then 'TOP'
    when lower(trim(category)) in
      ('jeans', 'trousers', 'track pants', 'leggings', 'capris', 'jeggings', 'shorts', 'skirts', 'churidar', 'patiala',
       'salwar', 'salwar and dupatta') then 'BOTTOM'
    when lower(trim(category)) in
      ('dresses', 'jumpsuit', 'rompers', 'sarees', 'kurta sets', 'clothing set', 'tracksuits') then 'FULL_BODY'
    when lower(trim(category)) in
      ('jackets', 'blazers', 'rain jacket', 'nehru jackets', 'waistcoat', 'shrug') then 'OUTER'
    when lower(trim(category)) in
      ('casual shoes', 'sports shoes', 'formal shoes', 'heels', 'flats', 'sandals', 'flip flops', 'sports sandals',
       'booties') then 'FEET'
    when lower(trim(category)) in
      ('backpacks', 'clutches', 'duffel bag', 'handbags', 'laptop bag', 'messenger bag', 'rucksacks', 'waist pouch',
       'mobile pouch', 'wallets', 'belts', 'suspenders', 'ties', 'cufflinks', 'watches', 'wristbands', 'sunglasses',
       'umbrellas', 'bangle', 'bracelet', 'earrings', 'jewellery set', 'necklace and chains', 'pendant', 'ring', 'gloves',
       'mufflers', 'scarves', 'stoles', 'dupatta') then 'ACCESSORY'
    -- known, but never part of an outfit: underwear, sleepwear, hosiery, cosmetics, sports goods, gifts
    when lower(trim(category)) in
      ('bra', 'briefs', 'boxers', 'trunk', 'innerwear vests', 'camisoles', 'shapewear', 'socks', 'stockings', 'tights',
       'baby dolls', 'bath robe', 'nightdress', 'night suits', 'lounge pants', 'lounge shorts', 'swimwear', 'compact',
       'concealer', 'deodorant', 'eyeshadow', 'face moisturisers', 'face wash and cleanser', 'foundation and primer',
       'fragrance gift set', 'hair colour', 'highlighter and blush', 'kajal and eyeliner', 'lip care', 'lip gloss',
       'lip liner', 'lipstick', 'mascara', 'mask and peel', 'nail essentials', 'nail polish', 'perfume and body mist',
       'sunscreen', 'accessory gift set', 'free gifts', 'basketballs', 'footballs', 'travel accessory', 'water bottle')
      then null
    when garment_type = 'DRESS' then 'FULL_BODY'
    when garment_type = 'HAT' then 'HEAD'
    when garment_type in ('LONG_SLEEVE', 'SHIRT', 'T_SHIRT') then 'TOP'
    when garment_type = 'OUTERWEAR' then 'OUTER'
    when garment_type in ('PANTS', 'SHORTS', 'SKIRT') then 'BOTTOM'
    when garment_type = 'SHOES' then 'FEET'
  end;

alter table garments
  add column slot text generated always as (outfit_slot(category, garment_type)) stored,
  -- A hash of the id, so that the first garments of a slot are a random sample of old and new ones; another start gives
  -- another sample. It is a column because PostgreSQL does not consider the function leakproof and would not use an
  -- index on it behind row-level security.
  add column lot integer generated always as (hashint8(id)) stored;

create index garments_slot on garments (store_id, slot, lot) where slot is not null and in_stock;

-- Down Migration

drop index garments_slot;
alter table garments drop column lot, drop column slot;
drop function outfit_slot;
