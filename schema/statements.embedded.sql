-- recommendOutfit: vector query
with near as materialized (
  select e.store_id, e.garment_id, e.embedding, e.has_text, e.has_image, e.type_probabilities,
    e.category_roots, e.color_roots, e.gender_roots, e.usage_roots, (e.embedding::vector <#> $3::vector::halfvec::vector) + 0 as distance, true as is_near
  from garment_embeddings e join garments g on g.store_id = e.store_id and g.id = e.garment_id
  where e.store_id = $1 and e.model = $2 and g.in_stock
  order by distance, e.garment_id
  limit $4
), n as (select * from near)
select json_build_object('garmentId', n.garment_id::text, 'hasText', n.has_text, 'hasImage', n.has_image, 'product', -n.distance, 'textShare', -(n.embedding::vector <#> $5::vector::halfvec::vector), 'typeProbability', 0::float8, 'labelSimilarities', array[0::float8, 0::float8, 0::float8, 0::float8], 'profileSimilarity', 0::float8, 'profileLabelSimilarities', array[0::float8, 0::float8, 0::float8, 0::float8], 'avoidedValues', array[]::float8[], 'avoidedMatches', array[]::bool[], 'rareTermScore', 0::float8, 'variant', g.variant::text, 'color', g.color, 'inStock', g.in_stock, 'variantFingerprint', g.form::text, 'lexicalRank', 0::float8, 'ruleMatches', array[]::int[]) as hit, n.is_near as "isNear"
from n join garments g on g.store_id = n.store_id and g.id = n.garment_id
order by n.distance, n.garment_id

-- recommendOutfit: vector query with all its parts
with near as materialized (
  select e.store_id, e.garment_id, e.embedding, e.has_text, e.has_image, e.type_probabilities,
    e.category_roots, e.color_roots, e.gender_roots, e.usage_roots, (e.embedding::vector <#> $5::vector::halfvec::vector) + 0 as distance, true as is_near
  from garment_embeddings e join garments g on g.store_id = e.store_id and g.id = e.garment_id
  where e.store_id = $1 and e.model = $2 and lower(g.color) in (select lower(v) from unnest($3::text[]) v) and g.in_stock and not g.sku = any($4::text[])
  order by distance, e.garment_id
  limit $6
), n as materialized (
  select * from near
  union all
  select e.store_id, e.garment_id, e.embedding, e.has_text, e.has_image, e.type_probabilities,
    e.category_roots, e.color_roots, e.gender_roots, e.usage_roots, (e.embedding::vector <#> $5::vector::halfvec::vector) + 0, false
  from garment_embeddings e join garments g on g.store_id = e.store_id and g.id = e.garment_id
  where e.store_id = $1 and e.model = $2 and lower(g.color) in (select lower(v) from unnest($3::text[]) v) and g.in_stock and not g.sku = any($4::text[]) and e.garment_id = any($7::bigint[])
    and e.garment_id not in (select garment_id from near)
)
select json_build_object('garmentId', n.garment_id::text, 'hasText', n.has_text, 'hasImage', n.has_image, 'product', -n.distance, 'textShare', -(n.embedding::vector <#> $11::vector::halfvec::vector), 'typeProbability', -(n.type_probabilities <#> $12::vector), 'labelSimilarities', array[0::float8, -(n.color_roots <#> $13::vector), 0::float8, 0::float8], 'profileSimilarity', 0::float8, 'profileLabelSimilarities', array[0::float8, 0::float8, 0::float8, 0::float8], 'avoidedValues', array[-(n.embedding::vector <#> $8::vector::halfvec::vector) / (n.has_text::int + n.has_image::int), 0::float8, 0::float8, -(n.color_roots <#> $9::vector), 0::float8, 0::float8]::float8[], 'avoidedMatches', array[g.search_words @@ to_tsquery('simple', $10)]::bool[], 'rareTermScore', (g.search_words @@ $14::tsquery)::int * $15::float8, 'variant', g.variant::text, 'color', g.color, 'inStock', g.in_stock, 'variantFingerprint', g.form::text, 'lexicalRank', ts_rank_cd(g.search_words, replace(plainto_tsquery('simple', $16)::text, ' & ', ' | ')::tsquery, 32), 'ruleMatches', array[case when ((lower(g.brand) in (select lower(v) from unnest($17::text[]) v)) is true) then 0 end]::int[]) as hit, n.is_near as "isNear"
from n join garments g on g.store_id = n.store_id and g.id = n.garment_id
order by n.distance, n.garment_id

-- recommendOutfit: rare terms
with size as materialized (
  select count(*)::int as garments from (select from garments where store_id = $1 limit 1000) counted
), asked as (
  select unnest(tsvector_to_array(to_tsvector('simple', $2))) as word
)
select asked.word, found.having, size.garments,
  case when found.having <= 200 then array(
    select w.garment_id::text from garment_words w where w.store_id = $1 and w.word = asked.word
  ) end as ids
from size, asked, lateral (
  select count(*)::int as having from (
    select from garment_words w where w.store_id = $1 and w.word = asked.word limit 1000
  ) counted
) found
where found.having > 0
union all
select null, 0, size.garments, array(select g.id::text from garments g where g.store_id = $1 and g.sku = any($3::text[]))
from size

-- recommendOutfit: rows of a page
select g.id, g.sku, g.title, g.description, g.brand, g.category, g.garment_type, g.color, g.material,
g.gender, g.usage, g.tags, g.sizes, g.price, g.currency, g.in_stock, g.product_url, g.inferred_fields, g.created_at,
g.updated_at, i.content_hash as image_hash from garments g left join garment_images i on i.store_id = g.store_id and i.garment_id = g.id where g.store_id = $1 and g.id = any($2::bigint[])
     order by array_position($2::bigint[], g.id)

-- outfits: candidates of two slots
select c.id, c.sku, c.title, c.category, c."garmentType", c.color, c.gender, c.usage, c.tags, c.price, c.currency,
    c.slot, case when c.has_image then vector_send(subvector(c.embedding, 33, 32)::vector) end as style
  from unnest($3::text[]) with ordinality s (slot, n)
  cross join (
    -- a subquery, so that the names are not split again for each garment
    select string_to_array(names, ',') as genders, n from unnest($4::text[]) with ordinality u (names, n) offset 0
  ) a
  cross join lateral (
    select n.* from (
      select g.id, g.sku, g.title, g.category, g.garment_type as "garmentType", g.color, g.gender, g.usage, g.tags,
g.price, g.currency, g.slot, e.embedding, e.has_image,
        subvector(e.embedding, 33, 32)::vector <#> $8::vector as distance
      from (
  (select g.* from garments g
   where g.store_id = $1 and g.slot = s.slot and g.slot is not null and g.in_stock
     and g.lot >= hashint8($6::bigint)
     and (g.gender is null or g.gender = any(a.genders)) and lower(g.color) in (select lower(v) from unnest($5::text[]) v) and g.in_stock
   order by g.lot limit 60) union all
  (select g.* from garments g
   where g.store_id = $1 and g.slot = s.slot and g.slot is not null and g.in_stock
     and g.lot < hashint8($6::bigint)
     and (g.gender is null or g.gender = any(a.genders)) and lower(g.color) in (select lower(v) from unnest($5::text[]) v) and g.in_stock
   order by g.lot limit 60) limit 60) g
      join garment_embeddings e on e.store_id = g.store_id and e.garment_id = g.id and e.model = $2
      where e.has_image
    ) n
    order by row_number() over (partition by coalesce(lower(btrim(n.category)), n."garmentType") order by n.distance, n.id) > 4, n.distance, n.id
    limit $7
  ) c
  order by s.n, a.n, c.distance, c.id

-- garments: page of a search
with near as materialized (
  select e.store_id, e.garment_id, e.embedding, e.has_text, e.has_image, e.type_probabilities,
    e.category_roots, e.color_roots, e.gender_roots, e.usage_roots, (e.embedding::vector <#> $4::vector::halfvec::vector) + 0 as distance, true as is_near
  from garment_embeddings e join garments g on g.store_id = e.store_id and g.id = e.garment_id
  where e.store_id = $1 and e.model = $2 and lower(g.color) in (select lower(v) from unnest($3::text[]) v) and g.in_stock
  order by distance, e.garment_id
  limit $5
), n as (select * from near)
select n.garment_id as id, rank() over (order by n.distance)::int as rank, n.is_near as "isNear"
from n
order by n.distance, n.garment_id

with asked as (
    -- the text of a query ends with the quote of its last lexeme: ':*' after it turns that lexeme into a prefix
    select whole, regexp_replace(whole::text, '''$', ''':*')::tsquery as begun
    from websearch_to_tsquery('simple', $2) whole
  ), lexical as (
    select g.id, rank() over (
      order by ts_rank_cd(g.search_words, whole) desc, ts_rank_cd(g.search_words, begun) desc
    ) as rank
    from asked, garments g where g.store_id = $1 and lower(g.color) in (select lower(v) from unnest($6::text[]) v) and g.in_stock and g.search_words @@ begun
  ), hits as (
    select id, sum(said) + sum(meant) as score, sum(said) as said from (
      select id, 1.0 / (60 + rank) as said, 0 as meant from lexical
      union all
      select id, 0, 1.0 / (60 + rank) from unnest($4::bigint[], $5::int[]) as near (id, rank)
      union all
      -- more than both rankings can add up to
      select g.id, 1, 0 from garments g where g.store_id = $1 and lower(g.color) in (select lower(v) from unnest($6::text[]) v) and g.in_stock and lower(g.sku) = lower($3)
    ) shares group by id
  ), page as (
    select id, score, said from hits order by score desc, said desc, id limit $7 offset $8
  )
  select counted.total, found.*
  from (select count(*)::int as total from hits) counted
  left join (
    select g.id, g.sku, g.title, g.description, g.brand, g.category, g.garment_type, g.color, g.material,
g.gender, g.usage, g.tags, g.sizes, g.price, g.currency, g.in_stock, g.product_url, g.inferred_fields, g.created_at,
g.updated_at, i.content_hash as image_hash, page.score, page.said from page join garments g left join garment_images i on i.store_id = g.store_id and i.garment_id = g.id on g.store_id = $1 and g.id = page.id
  ) found on true
  order by found.score desc, found.said desc, found.id

-- garments: page of the catalog
select count(*)::int as count from garments g where g.store_id = $1 and lower(g.color) in (select lower(v) from unnest($2::text[]) v) and g.in_stock

select g.id, g.sku, g.title, g.description, g.brand, g.category, g.garment_type, g.color, g.material,
g.gender, g.usage, g.tags, g.sizes, g.price, g.currency, g.in_stock, g.product_url, g.inferred_fields, g.created_at,
g.updated_at, i.content_hash as image_hash from garments g left join garment_images i on i.store_id = g.store_id and i.garment_id = g.id where g.store_id = $1 and lower(g.color) in (select lower(v) from unnest($2::text[]) v) and g.in_stock
     order by g.sku limit $3

-- catalogFacets
with spellings as (
       select field, value, count(*) as count from garments g,
lateral (
  values ('garmentType', g.garment_type), ('category', g.category), ('color', g.color), ('gender', g.gender),
    ('brand', g.brand), ('material', g.material), ('usage', g.usage)
  union all (select distinct on (lower(tag)) 'tag', tag from unnest(g.tags) tag order by lower(tag), tag)
  union all (select distinct on (lower(size)) 'size', size from unnest(g.sizes) size order by lower(size), size)
) as facet (field, value)
       where g.store_id = $2 and lower(g.color) in (select lower(v) from unnest($1::text[]) v) and g.in_stock and value <> '' group by field, value
     ), counted as (
       select field, (array_agg(value order by count desc, value collate "C"))[1] as value, sum(count)::int as count
       from spellings group by field, lower(value)
     ), numbered as (
       select *, row_number() over (partition by field order by count desc, value collate "C") as n from counted
     )
     select field, value, count from numbered where n <= 100 order by field, n

-- upsertGarments: rows by sku
select g.id, g.sku, g.title, g.description, g.brand, g.category, g.garment_type, g.color, g.material,
g.gender, g.usage, g.tags, g.sizes, g.price, g.currency, g.in_stock, g.product_url, g.inferred_fields, g.created_at,
g.updated_at, i.content_hash as image_hash from garments g left join garment_images i on i.store_id = g.store_id and i.garment_id = g.id where g.store_id = $1 and g.sku = any($2::text[])
     order by array_position($2::text[], g.sku)

-- upsertGarments: one garment
insert into garments (store_id, sku, title, description, brand, category, garment_type, color, material, gender, usage, tags, sizes, price, currency, in_stock, product_url, inferred_fields)
select $1, r.sku, r.title, r.description, r.brand, r.category, r.garment_type, r.color, r.material, r.gender, r.usage, r.tags, r.sizes, r.price, r.currency, r.in_stock, r.product_url, r.inferred_fields
from json_to_recordset($2::json) as r (sku text, title text, description text, brand text, category text, garment_type text, color text, material text, gender text, usage text, tags text[], sizes text[], price numeric, currency text, in_stock boolean, product_url text, inferred_fields text[])
order by r.sku collate "C"
on conflict (store_id, sku) do update set
  title = excluded.title, description = excluded.description, brand = excluded.brand, category = excluded.category, garment_type = excluded.garment_type, color = excluded.color, material = excluded.material, gender = excluded.gender, usage = excluded.usage, tags = excluded.tags, sizes = excluded.sizes, price = excluded.price, currency = excluded.currency, in_stock = excluded.in_stock, product_url = excluded.product_url, inferred_fields = excluded.inferred_fields,
  updated_at = case when (garments.title, garments.description, garments.brand, garments.category, garments.garment_type, garments.color, garments.material, garments.gender, garments.usage, garments.tags, garments.sizes, garments.price, garments.currency, garments.in_stock, garments.product_url, garments.inferred_fields)
    is distinct from (excluded.title, excluded.description, excluded.brand, excluded.category, excluded.garment_type, excluded.color, excluded.material, excluded.gender, excluded.usage, excluded.tags, excluded.sizes, excluded.price, excluded.currency, excluded.in_stock, excluded.product_url, excluded.inferred_fields) then now() else garments.updated_at end
returning id, sku, case when xmax = 0 then 'created' else 'updated' end as outcome

insert into garment_images (store_id, garment_id, bytes, content_hash, width, height, source_url, source_etag, source_modified)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (store_id, garment_id) do update set
  bytes = excluded.bytes, content_hash = excluded.content_hash, width = excluded.width, height = excluded.height,
  source_url = excluded.source_url, source_etag = excluded.source_etag, source_modified = excluded.source_modified

insert into garment_embeddings (store_id, garment_id, model, embedding, has_text, has_image, picture_signs, type_probabilities, category_roots, color_roots, gender_roots, usage_roots, words_hash, image_hash, embedded_at)
values ($1, $2, $3, $4::vector, $5, $6, $7::varbit, $8::vector, $9::vector, $10::vector, $11::vector, $12::vector, $13, $14, clock_timestamp())
on conflict (store_id, garment_id, model) do update set
  embedding = excluded.embedding, has_text = excluded.has_text, has_image = excluded.has_image, picture_signs = excluded.picture_signs, type_probabilities = excluded.type_probabilities, category_roots = excluded.category_roots, color_roots = excluded.color_roots, gender_roots = excluded.gender_roots, usage_roots = excluded.usage_roots, words_hash = excluded.words_hash, image_hash = excluded.image_hash, embedded_at = excluded.embedded_at

select g.id, g.sku, g.title, g.description, g.brand, g.category, g.garment_type, g.color, g.material,
g.gender, g.usage, g.tags, g.sizes, g.price, g.currency, g.in_stock, g.product_url, g.inferred_fields, g.created_at,
g.updated_at, i.content_hash as image_hash from garments g left join garment_images i on i.store_id = g.store_id and i.garment_id = g.id where g.store_id = $1 and g.id = any($2::bigint[])
