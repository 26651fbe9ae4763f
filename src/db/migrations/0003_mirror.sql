-- What Lightspeed says, one table an entity, columns named as its fields; written by the sync engine only. `raw` is the
-- record as it came, with whatever the columns do not know.
--
-- Ids are text in byte order: Lightspeed declares most of them as plain strings, and an id that is no UUID is no reason
-- to lose a row. For the same reason there are no foreign keys (references may dangle: the other record may come later,
-- or be gone), no enums and no checks (statuses may be added any day), and nothing but keys and bookkeeping is required.
-- Money, quantities and measures are numeric, exact to the last digit sent.
--
-- Every row is found by its primary key, which is also the order of reading page by page. Each further index slows the
-- first load and every change after it, so there are few, and each says below whom it serves. None holds `version`: the
-- engine looks versions up by key, and as every change raises the version, an index on it would be rewritten each time.
-- Customers have none: nothing here looks for one by mail address or name.
create schema mirror;

create table mirror.outlet (
  id text collate "C" primary key,
  name text,
  time_zone text,
  default_tax_id text collate "C",
  currency text,
  currency_symbol text,
  display_prices text,
  email text,
  physical_address_1 text,
  physical_address_2 text,
  physical_suburb text,
  physical_city text,
  physical_postcode text,
  physical_state text,
  physical_country_id text,
  attributes jsonb,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
);

create table mirror.register (
  id text collate "C" primary key,
  name text,
  outlet_id text collate "C",
  ask_for_note_on_save bigint,
  print_note_on_receipt boolean,
  ask_for_user_on_sale boolean,
  show_discounts_on_receipts boolean,
  print_receipt boolean,
  email_receipt boolean,
  invoice_prefix text,
  invoice_suffix text,
  invoice_sequence bigint,
  button_layout_id text collate "C",
  is_open boolean,
  is_quick_keys_enabled boolean,
  receipt_template_id text collate "C",
  register_open_time timestamptz,
  register_close_time timestamptz,
  register_open_sequence_id text collate "C",
  cash_managed_payment_type_id text collate "C",
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
);

create table mirror."user" (
  id text collate "C" primary key,
  username text,
  display_name text,
  email text,
  email_verified_at timestamptz,
  switch_id text,
  account_type text,
  roles jsonb,
  enabled boolean,
  restricted_outlet_id text collate "C",
  restricted_outlet_ids jsonb,
  permissions jsonb,
  rules jsonb,
  is_primary_user boolean,
  image_source text,
  images jsonb,
  target_daily numeric,
  target_weekly numeric,
  target_monthly numeric,
  enabled_mfa boolean,
  require_password_change boolean,
  time_until_deletion text,
  seen_at timestamptz,
  created_at timestamptz,
  updated_at timestamptz,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
);

create table mirror.tax (
  id text collate "C" primary key,
  name text,
  display_name text,
  is_default boolean,
  rates jsonb,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
);

create table mirror.payment_type (
  id text collate "C" primary key,
  name text,
  type_id bigint,
  config jsonb,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
);

create table mirror.brand (
  id text collate "C" primary key,
  name text,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
);

create table mirror.supplier (
  id text collate "C" primary key,
  name text,
  description text,
  default_markup numeric,
  contact jsonb,
  source text,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
);

create table mirror.product_type (
  id text collate "C" primary key,
  name text,
  leaf_category boolean,
  category_path jsonb,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
);

create table mirror.tag (
  id text collate "C" primary key,
  name text,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
);

create table mirror.variant_attribute (
  id text collate "C" primary key,
  name text,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
);

create table mirror.customer_group (
  id text collate "C" primary key,
  name text,
  group_id text collate "C",
  retailer_id text collate "C",
  created_at timestamptz,
  updated_at timestamptz,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
);

create table mirror.price_book (
  id text collate "C" primary key,
  name text,
  type text,
  customer_group_id text collate "C",
  customer_group jsonb,
  outlet_id text collate "C",
  outlet jsonb,
  valid_from text,
  valid_to text,
  restrict_to_platform_key text,
  restrict_to_platform_label text,
  created_at timestamptz,
  updated_at timestamptz,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
);

create table mirror.product (
  id text collate "C" primary key,
  family_id text collate "C",
  name text,
  description text,
  handle text,
  sku text,
  source text,
  source_id text,
  source_variant_id text,
  active boolean,
  is_active boolean,
  has_inventory boolean,
  is_composite boolean,
  has_variants boolean,
  variant_parent_id text collate "C",
  variant_name text,
  variant_count bigint,
  price_including_tax numeric,
  price_excluding_tax numeric,
  supply_price numeric,
  supplier_id text collate "C",
  supplier_code text,
  supplier jsonb,
  product_type_id text collate "C",
  type jsonb,
  brand_id text collate "C",
  brand jsonb,
  tag_ids jsonb,
  categories jsonb,
  attributes jsonb,
  image_url text,
  image_thumbnail_url text,
  account_code text,
  account_code_purchase text,
  button_order bigint,
  loyalty_amount numeric,
  weight numeric,
  weight_unit text,
  length numeric,
  width numeric,
  height numeric,
  dimensions_unit text,
  created_at timestamptz,
  updated_at timestamptz,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
);
-- A scan looks for a SKU first. Some ten thousand rows, rarely written: the index costs nothing that one would notice.
create index product_sku on mirror.product (sku);

create table mirror.product_code (
  product_id text collate "C",
  position integer,
  id text collate "C",
  type text,
  code text,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now(),
  primary key (product_id, position)
);
-- Then for a barcode, which may belong to several products.
create index product_code_code on mirror.product_code (code);

create table mirror.product_supplier (
  product_id text collate "C",
  position integer,
  id text collate "C",
  supplier_id text collate "C",
  supplier_name text,
  code text,
  price numeric,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now(),
  primary key (product_id, position)
);

create table mirror.product_image (
  product_id text collate "C",
  position integer,
  id text collate "C",
  url text,
  sizes jsonb,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now(),
  primary key (product_id, position)
);

create table mirror.product_variant_option (
  product_id text collate "C",
  position integer,
  id text collate "C",
  name text,
  value text,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now(),
  primary key (product_id, position)
);

create table mirror.product_composite (
  composite_product_id text collate "C",
  position integer,
  product_id text collate "C",
  quantity numeric,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now(),
  primary key (composite_product_id, position)
);

create table mirror.inventory (
  id text collate "C" primary key,
  product_id text collate "C",
  outlet_id text collate "C",
  inventory_level numeric,
  current_amount numeric,
  average_cost numeric,
  reorder_point numeric,
  reorder_amount numeric,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
) with (fillfactor = 90);
-- Both questions are asked all day: one product here or everywhere, and one outlet's whole stock (a few per cent of the
-- table). Levels change all day too: no index holds one, and a tenth of each page is kept free, so that a new level is
-- written beside the old one and no index is touched.
create index inventory_product_outlet on mirror.inventory (product_id, outlet_id);
create index inventory_outlet on mirror.inventory (outlet_id);

create table mirror.customer (
  id text collate "C" primary key,
  customer_code text,
  customer_group_id text collate "C",
  name text,
  first_name text,
  last_name text,
  company_name text,
  email text,
  phone text,
  mobile text,
  fax text,
  twitter text,
  website text,
  do_not_email boolean,
  gender text,
  date_of_birth text,
  note text,
  enable_loyalty boolean,
  loyalty_balance numeric,
  balance numeric,
  year_to_date numeric,
  on_account_limit numeric,
  tax_id text collate "C",
  physical_address_1 text,
  physical_address_2 text,
  physical_suburb text,
  physical_city text,
  physical_postcode text,
  physical_state text,
  physical_country_id text,
  postal_address_1 text,
  postal_address_2 text,
  postal_suburb text,
  postal_city text,
  postal_postcode text,
  postal_state text,
  postal_country_id text,
  custom_field_1 text,
  custom_field_2 text,
  custom_field_3 text,
  custom_field_4 text,
  created_at timestamptz,
  updated_at timestamptz,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
);

create table mirror.outlet_tax (
  outlet_id text collate "C",
  product_id text collate "C",
  tax_id text collate "C",
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now(),
  primary key (outlet_id, product_id)
);

create table mirror.price_book_product (
  id text collate "C" primary key,
  product_id text collate "C",
  price_book_id text collate "C",
  default_display_price numeric,
  price numeric,
  retail_tax numeric,
  loyalty_value numeric,
  tax_id text collate "C",
  rounding text,
  adjustment_type text,
  adjustment numeric,
  discount numeric,
  min_units numeric,
  max_units numeric,
  created_at timestamptz,
  updated_at timestamptz,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
);

create table mirror.consignment (
  id text collate "C" primary key,
  outlet_id text collate "C",
  name text,
  consignment_date timestamptz,
  due_at timestamptz,
  received_at timestamptz,
  type text,
  status text,
  supplier_id text collate "C",
  source_outlet_id text collate "C",
  supplier_invoice text,
  reference text,
  total_count_gain numeric,
  total_cost_gain numeric,
  total_count_loss numeric,
  total_cost_loss numeric,
  show_inactive boolean,
  product_count bigint,
  filters jsonb,
  created_at timestamptz,
  updated_at timestamptz,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
);

create table mirror.consignment_product (
  consignment_id text collate "C",
  occurrence integer,
  product_id text collate "C",
  product_sku text,
  count numeric,
  received numeric,
  cost numeric,
  is_included boolean,
  status text,
  created_at timestamptz,
  updated_at timestamptz,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now(),
  primary key (consignment_id, product_id, occurrence)
);
-- "What of this product is on its way". A consignment's own lines are found by the primary key.
create index consignment_product_product on mirror.consignment_product (product_id);

create table mirror.sale (
  id text collate "C" primary key,
  outlet_id text collate "C",
  register_id text collate "C",
  user_id text collate "C",
  customer_id text collate "C",
  invoice_number text,
  invoice_sequence bigint,
  receipt_number text,
  receipt_sequence bigint,
  complete_open_sequence_id text collate "C",
  source text,
  source_id text,
  state text,
  status text,
  note text,
  short_code text,
  return_for text collate "C",
  total_price numeric,
  total_tax numeric,
  total_loyalty numeric,
  taxes jsonb,
  adjustments jsonb,
  ecom_custom_charges jsonb,
  external_applications jsonb,
  attributes jsonb,
  sale_date timestamptz,
  created_at timestamptz,
  updated_at timestamptz,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
);
-- Reports ask for days. Sales come nearly in order of their date, so the index grows at its end and loads fast.
create index sale_date on mirror.sale (sale_date);

create table mirror.sale_line_item (
  sale_id text collate "C",
  position integer,
  id text collate "C",
  product_id text collate "C",
  tax_id text collate "C",
  salesperson_id text collate "C",
  sequence bigint,
  status text,
  is_return boolean,
  note text,
  quantity numeric,
  price numeric,
  unit_price numeric,
  price_total numeric,
  total_price numeric,
  price_set boolean,
  cost numeric,
  unit_cost numeric,
  cost_total numeric,
  total_cost numeric,
  discount numeric,
  unit_discount numeric,
  discount_total numeric,
  total_discount numeric,
  loyalty_value numeric,
  unit_loyalty_value numeric,
  total_loyalty_value numeric,
  tax numeric,
  unit_tax numeric,
  tax_total numeric,
  total_tax numeric,
  tax_components jsonb,
  surcharges jsonb,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now(),
  primary key (sale_id, position)
);
-- "What did this product sell" would else read millions of lines. It is the dearest index here: ids come in any order.
create index sale_line_item_product on mirror.sale_line_item (product_id);

create table mirror.sale_payment (
  sale_id text collate "C",
  position integer,
  id text collate "C",
  name text,
  register_id text collate "C",
  outlet_id text collate "C",
  retailer_payment_type_id text collate "C",
  payment_type_id text collate "C",
  payment_date timestamptz,
  amount numeric,
  fee numeric,
  surcharge jsonb,
  external_attributes jsonb,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now(),
  primary key (sale_id, position)
);

create table mirror.register_closure (
  register_id text collate "C" not null,
  register_closure_id text collate "C" primary key,
  register_closure_sequence_number bigint,
  register_open_time timestamptz,
  register_close_time timestamptz,
  payments jsonb,
  version bigint not null,
  deleted_at timestamptz,
  raw jsonb not null,
  synced_at timestamptz not null default now()
);
