-- Classes and who attended them (S37): firms and people are counted once, however many classes they came to.

create table training_class (
  id uuid primary key default uuidv7(),
  code text not null unique,
  programme text not null check (programme <> ''),
  title text not null check (title <> ''),
  held_on date not null,
  hours numeric(5, 1) not null check (hours > 0),
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  unique (id, programme, held_on)
);

create table training_attendance (
  id uuid primary key default uuidv7(),
  class_id uuid not null,
  programme text not null,
  held_on date not null,
  person_id uuid not null references party (id),
  firm_id uuid references party (id),
  evidence text not null check (evidence <> ''),
  recorded_at timestamptz not null default now(),
  unique (class_id, person_id),
  foreign key (class_id, programme, held_on) references training_class (id, programme, held_on) on update cascade
);

create index training_attendance_of_person on training_attendance (programme, person_id, held_on);
create index training_attendance_of_firm on training_attendance (programme, firm_id, held_on) where firm_id is not null;
