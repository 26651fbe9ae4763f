-- Finding products by what is scanned and by what is typed. Lightspeed's codes stay where the mirror keeps them: an index
-- follows every write by itself, and there is nothing beside it that could fall behind.
create extension if not exists pg_trgm;

-- One key for all lengths of one number: a UPC-A is an EAN-13 with a zero before it, and both are a GTIN-14 with more.
create function scan_key(given text) returns text language sql immutable parallel safe
return case
  when btrim(given) ~ '^([0-9]{8}|[0-9]{12,14})$' then lpad(btrim(given), 14, '0')
  else upper(btrim(given))
end;

-- What is typed without accents and macrons finds what has them.
create function search_text(given text) returns text language sql immutable parallel safe
return lower(regexp_replace(normalize(given, NFKD), '[\u0300-\u036f]', '', 'g'));

-- (The sign behind the name sorts before a blank: of all that begins so, what is called so and no more comes first.)
-- A name, what it is a variant of, and what people call it: one text, with a blank
-- before each word, so that words may come from anywhere and the start of one is told from its middle.
create function product_text(name text, variant_name text, sku text, supplier_code text) returns text
language sql immutable parallel safe
return search_text(
  ' ' || coalesce(variant_name, name, '') || coalesce(chr(1) || ' ' || sku, '') || coalesce(' ' || supplier_code, '')
);

create index product_sku_key on mirror.product (scan_key(sku));
create index product_sku_prefix on mirror.product (scan_key(sku) text_pattern_ops);
create index product_supplier_code_prefix on mirror.product (scan_key(supplier_code) text_pattern_ops);
create index product_code_key on mirror.product_code (scan_key(code));
create index product_code_parts on mirror.product_code using gin (upper(code) gin_trgm_ops) with (fastupdate = off);
create index product_supplier_code_key on mirror.product_supplier (scan_key(code));
create index product_text_prefix on mirror.product
(product_text(name, variant_name, sku, supplier_code) text_pattern_ops);
-- Without a waiting list: the first search after a sync would have to read it whole.
create index product_text_parts on mirror.product
using gin (product_text(name, variant_name, sku, supplier_code) gin_trgm_ops) with (fastupdate = off);

-- What people taught about a code: whose it is, and how many are behind it.
create table taught_code (
  key text collate "C" generated always as (scan_key(code)) stored primary key,
  code text not null,
  product_id text collate "C" not null,
  units numeric not null check (units > 0 and units < 1000000),
  taught_by text not null,
  taught_at timestamptz not null default now()
);
create index taught_code_product on taught_code (product_id);
