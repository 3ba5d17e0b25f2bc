-- Reference files arrive in any order, so a row may come before the row above it.
alter table industry drop constraint industry_edition_parent_code_fkey;
alter table division drop constraint division_parent_code_fkey;

-- Explanations of an edition that prints them, by the line on which they stand: they speak of the code above them.
create table industry_note (
  edition smallint not null,
  line integer not null,
  code text not null,
  mark text not null,
  note text not null,
  primary key (edition, line)
);
create index industry_note_code on industry_note (edition, code);

-- Published examples of codes that are valid or not, against which our checks are held. Those that have the form of a
-- personal number are kept by their digest and shown masked.
create table identifier_vector (
  scheme text not null,
  value_sha256 text not null check (value_sha256 ~ '^[0-9a-f]{64}$'),
  value_shown text not null,
  expected text not null check (expected in ('valid', 'invalid', 'form-only')),
  source text not null,
  primary key (scheme, value_sha256)
);
