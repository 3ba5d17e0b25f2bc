-- A one-time code is used once (RFC 6238, section 5.2): what was accepted is remembered until no clock would accept it again.
create table second_factor_use (
  account_id uuid not null references user_account on delete cascade,
  code_digest text not null,
  used_at timestamptz not null,
  primary key (account_id, code_digest)
);
create index second_factor_use_age on second_factor_use (used_at);
