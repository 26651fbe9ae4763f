-- Packing: boxes by many devices of one packer, drafts, warnings that were passed.

comment on column consignment_box.weight_grams is 'What the scales said; null: computed from what is in it';
alter table consignment_box add column tare_grams integer check (tare_grams >= 0);

-- Each scan or key press into a box, with an id of its sender's, so that a phone which repeats itself adds nothing. Kept when
-- the box is emptied or gone: its late repeats still find themselves here.
create table box_item_event (
  consignment_id uuid not null references consignment,
  id uuid not null,
  box_id uuid not null,
  line_id uuid not null,
  quantity numeric(11, 5) not null check (quantity > 0),
  code text,
  actor text collate "C" not null,
  stored_at timestamptz not null default now(),
  primary key (consignment_id, id)
);

-- What somebody has typed and not put into a box yet; of two savings the one with the higher sequence stays.
create table pack_draft (
  consignment_id uuid not null references consignment,
  actor text collate "C" not null,
  sequence bigint not null check (sequence > 0),
  state jsonb not null,
  saved_at timestamptz not null default now(),
  primary key (consignment_id, actor)
);

-- Warnings that somebody passed when the boxes were closed or sent, until they are opened again.
create table passed_warning (
  consignment_id uuid not null references consignment,
  key text collate "C" not null,
  code text not null,
  message text not null,
  act text not null check (act in ('seal', 'send')),
  actor text collate "C" not null,
  passed_at timestamptz not null default now(),
  primary key (consignment_id, key)
);

-- Grams, or null where the weight or its unit is unknown.
create function grams_of(weight numeric, unit text) returns numeric language sql immutable parallel safe as $$
  select case when weight > 0 then weight * case lower(trim(unit))
    when 'g' then 1 when 'gram' then 1 when 'grams' then 1
    when 'kg' then 1000 when 'kilogram' then 1000 when 'kilograms' then 1000
    when 'mg' then 0.001
    when 'oz' then 28.349523125 when 'ounce' then 28.349523125 when 'ounces' then 28.349523125
    when 'lb' then 453.59237 when 'lbs' then 453.59237 when 'pound' then 453.59237 when 'pounds' then 453.59237
  end end
$$;
-- The average weight of a category, for products of which nobody knows it.
create index product_weighed on mirror.product (product_type_id) where weight > 0;

-- Goods that somebody has paid for and not fetched: a handful of two million sales.
create index sale_awaited on mirror.sale (outlet_id) where status in ('AWAITING_DISPATCH', 'AWAITING_PICKUP');

-- Open documents at an outlet, for what is promised and under way.
create index consignment_leaving on consignment (source_outlet_id) where type = 'OUTLET_TRANSFER'
  and status in ('OPEN', 'PACKING', 'PACKAGED', 'SENT', 'RECEIVING', 'PARTIAL');
create index consignment_moving on consignment (outlet_id) where status in ('OPEN', 'PACKING', 'PACKAGED', 'SENT', 'RECEIVING', 'PARTIAL');

-- What is packed here leaves with the step to SENT, whoever takes it; an order is shipped by its supplier.
create function note_departure() returns trigger language plpgsql as $$
begin
  if new.status = 'SENT' and old.status <> 'SENT' and new.type in ('OUTLET_TRANSFER', 'SUPPLIER_RETURN') then
    new.shipped_at := coalesce(new.shipped_at, clock_timestamp());
  end if;
  return new;
end $$;
create trigger consignment_leaves before update of status on consignment
  for each row execute function note_departure();
