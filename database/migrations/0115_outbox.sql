-- One outbox for everything that leaves the platform for people: letters of sign-in, notices by mail, messages to the SMS and
-- WeChat gateways. It takes over what waited in mail_outbox. A row is written in the transaction of what it tells of; a worker
-- leases it (committed, before anything is sent), sends it, and marks it. Its id is the Message-ID of the mail and the
-- idempotency key of the gateway, so that what is sent again after a crash is recognised as the same.
create table outbox (
  id uuid primary key default uuidv7(),
  channel text not null check (channel in ('mail', 'sms', 'wechat')),
  recipient text not null check (recipient <> ''),
  subject text not null,
  body text not null,
  -- The page it leads to; the address of the site is put before it when it leaves.
  link_path text not null check (link_path like '/%'),
  created_at timestamptz not null default now(),
  -- Not before this moment: now, or the next attempt after a failure.
  due_at timestamptz not null default now(),
  attempts integer not null default 0,
  -- While a worker is sending it. A lease that ran out without a mark means that the worker died: what became of that
  -- attempt is not known, and the next one carries the same id.
  leased_until timestamptz,
  last_error text,
  sent_at timestamptz,
  -- Given up, with last_error saying why; an administrator may send it again.
  dead_at timestamptz,
  check (sent_at is null or dead_at is null)
);
create index outbox_due on outbox (due_at) where sent_at is null and dead_at is null;
create index outbox_dead on outbox (dead_at) where dead_at is not null;
create index outbox_sent on outbox (sent_at) where sent_at is not null;

insert into outbox (id, channel, recipient, subject, body, link_path, created_at, due_at, attempts, last_error, sent_at)
  select id, 'mail', recipient, subject, body, link_path, created_at, created_at, attempts, last_error, sent_at
  from mail_outbox;
drop table mail_outbox;
