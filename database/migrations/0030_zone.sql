-- Every version of the zone profile that was ever in force, word for word: the hash can be recomputed from the files.
create table zone_version (
  version text primary key check (version ~ '^[0-9a-f]{64}$'),
  zone text not null,
  -- The text of every file of the folder by its path.
  files jsonb not null check (jsonb_typeof(files) = 'object'),
  first_loaded_at timestamptz not null
);

-- Which version ran from when. The latest row is the running version; going back to an earlier one is a new row.
create table zone_activation (
  id uuid primary key default uuidv7(),
  zone text not null,
  version text not null references zone_version (version),
  folder text not null,
  cause text not null check (cause in ('start', 'file-change', 'reload')),
  activated_at timestamptz not null
);

-- Folders that were refused, with every problem found, so that the operator sees why nothing changed.
create table zone_refusal (
  id uuid primary key default uuidv7(),
  folder text not null,
  version text not null,
  cause text not null check (cause in ('start', 'file-change', 'reload')),
  problems jsonb not null,
  refused_at timestamptz not null
);

-- The zoning map by area and day. A change closes one row and opens the next; nothing is overwritten.
create table zoning_area (
  id uuid primary key default uuidv7(),
  zone text not null,
  area text not null,
  name_zh text not null,
  name_en text not null,
  carrier text,
  use text not null,
  -- Corners in the zone's plan coordinates.
  polygon jsonb not null check (jsonb_typeof(polygon) = 'array' and jsonb_array_length(polygon) >= 3),
  sample boolean not null,
  reason text not null check (length(trim(reason)) > 0),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null default now(),
  unique (zone, area, valid_from)
);
create unique index zoning_area_current on zoning_area (zone, area) where valid_to is null;

-- Who holds which unit of the zone's buildings, and from when to when (the last day is not included).
create table space_lease (
  id uuid primary key default uuidv7(),
  zone text not null,
  unit text not null,
  number text not null,
  tenant_name text not null check (length(trim(tenant_name)) > 0),
  tenant_credit_code text not null check (tenant_credit_code ~ '^[0-9A-Z]{18}$'),
  monthly_rent_fen bigint not null check (monthly_rent_fen >= 0),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  end_reason text,
  recorded_at timestamptz not null default now(),
  unique (zone, number)
);
create index space_lease_unit on space_lease (zone, unit, valid_from);
