import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#platform/database.ts'
import type { Channel, NoticeRecipients } from './define.ts'
import type { Language } from './words.rules.ts'

/** Somebody to be told, and by which ways besides the page. */
export interface Reachable {
  readonly accountId: string
  readonly email: string
  readonly language: Language | null
  /** Where they chose for this kind. */
  readonly choices: Readonly<Partial<Record<Channel, boolean>>>
  /** Addresses they have confirmed. */
  readonly addresses: Readonly<Partial<Record<'sms' | 'wechat', string>>>
}

interface Wanted {
  readonly kind: string
  readonly today: string
  readonly except: string | undefined
}

/** Everybody meant, once each, in one query; suspended accounts left out. */
export async function findReachable(
  db: Db,
  meant: readonly NoticeRecipients[],
  { kind, today, except }: Wanted,
): Promise<Reachable[]> {
  if (meant.length === 0) return []
  const anyOf = sql.join(
    meant.map((recipients) => meantBy(recipients, today)),
    sql` or `,
  )
  const { rows } = await sql<Reachable>`
    select a.id as account_id, a.email, l.language,
      coalesce((select jsonb_object_agg(p.channel, p.wanted) from notice_preference p
        where p.account_id = a.id and p.kind = ${kind}), '{}') as choices,
      coalesce((select jsonb_object_agg(d.channel, d.address) from notice_address d
        where d.account_id = a.id and d.verified_at is not null), '{}') as addresses
    from user_account a left join notice_language l on l.account_id = a.id
    where a.suspended_at is null and a.id is distinct from ${except ?? null}::uuid and (${anyOf})
    order by a.id`.execute(db)
  return rows
}

function meantBy(recipients: NoticeRecipients, today: string): RawBuilder<boolean> {
  if ('accounts' in recipients) return sql`a.id = any(${[...recipients.accounts]}::uuid[])`
  if ('organisation' in recipients) {
    return sql`a.id in (select m.account_id from membership m where m.organisation_id = ${recipients.organisation}::uuid
      and m.valid_from <= ${today}::date and (m.valid_to is null or m.valid_to > ${today}::date))`
  }
  const holders = sql`select r.account_id from account_role r where r.role = any(${[...recipients.roles]})`
  if (recipients.station === undefined) return sql`a.id in (${holders})`
  const posted = sql`select p.account_id from station_post p join user_account u on u.id = p.account_id
    where p.station_id = ${recipients.station} and u.suspended_at is null and p.account_id in (${holders})
      and p.valid_from <= ${today}::date and (p.valid_to is null or p.valid_to > ${today}::date)`
  return sql`a.id in (${posted}) or (not exists (${posted}) and a.id in (${holders}))`
}
