-- Finding products by what is scanned and by what is typed. Lightspeed's codes stay where the mirror keeps them: an index
-- follows every write by itself, and there is nothing beside it that could fall behind.
create extension if not exists pg_trgm;

-- One key for all lengths of one number: a UPC-A is an EAN-13 with a zero before it, and both are a GTIN-14 with more.
create function scan_key(given text) returns text language sql immutable parallel safe
return case
  when btrim(given) ~ '^([0-9]{8}|[0-9]{12,14})$' then lpad(btrim(given), 14, '0')
  else upper(btrim(given))
end;

-- What is typed without accents and macrons finds what has them. Most names have none, and cost only the lower case.
create function search_text(given text) returns text language sql immutable parallel safe
return case
  when octet_length(given) = char_length(given) then lower(given)
  else lower(regexp_replace(normalize(given, NFKD), '[\u0300-\u036f]', '', 'g'))
end;

-- (The sign behind the name sorts before a blank: of all that begins so, what is called so and no more comes first.)
-- A name, what it is a variant of, and what people call it: one text, with a blank
-- before each word, so that words may come from anywhere and the start of one is told from its middle.
create function product_text(name text, variant_name text, sku text, supplier_code text) returns text
language sql immutable parallel safe
return search_text(
  ' ' || coalesce(variant_name, name, '') || coalesce(chr(1) || ' ' || sku, '') || coalesce(' ' || supplier_code, '')
);

-- These also answer "is it exactly": an equal text begins so, too.
create index product_sku_prefix on mirror.product (scan_key(sku) text_pattern_ops);
create index product_supplier_code_prefix on mirror.product (scan_key(supplier_code) text_pattern_ops);
create index product_code_key on mirror.product_code (scan_key(code));
-- The last digits of a barcode are what people read out.
create index product_code_end on mirror.product_code (reverse(upper(code)) text_pattern_ops);
create index product_supplier_code_key on mirror.product_supplier (scan_key(code));
create index product_text_prefix on mirror.product
(product_text(name, variant_name, sku, supplier_code) text_pattern_ops);
-- With the waiting list that is usual for GIN: without one, a first sync of all products took two and a half times as
-- long, and a search that has to read the list takes hardly longer than one that has not.
create index product_text_parts on mirror.product
using gin (product_text(name, variant_name, sku, supplier_code) gin_trgm_ops);

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
