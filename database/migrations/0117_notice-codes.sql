-- How many codes were sent for somebody on a day: an address may belong to somebody else, who must not be flooded. Apart from
-- the address, so that forgetting one does not forget how often it was asked for.
create table notice_code (
  account_id uuid not null references user_account on delete cascade,
  channel text not null check (channel in ('sms', 'wechat')),
  sent_on date not null,
  codes integer not null,
  last_at timestamptz not null,
  primary key (account_id, channel, sent_on)
);
