import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Database, Db, Tx } from '#platform/database.ts'
import type { MatterRow } from './matter.store.ts'
import { wantedTerms } from './search.rules.ts'

export type QueueRow = Selectable<Database['matterQueue']>

/** Copies what lists show of a matter, with the next day by which the office must act. */
export async function syncQueue(
  tx: Tx,
  matter: MatterRow,
  stateKind: 'open' | 'waiting' | 'closed',
  now: Date,
  terms?: readonly string[],
): Promise<void> {
  await sql`
    insert into matter_queue (matter_id, number, procedure_code, title, applicant_kind, applicant_account_id,
      organisation_id, applicant_name, station_code, state, state_kind, outcome, handler_id, handler_name,
      submitted_at, submitted_on, closed_on, changed_at, version, terms, due_on, due_clock)
    select ${matter.id}, ${matter.number}, ${matter.procedureCode}, ${matter.title}, ${matter.applicantKind},
      ${matter.applicantAccountId}, ${matter.organisationId}, ${matter.applicantName}, ${matter.stationCode},
      ${matter.state}, ${stateKind}, ${matter.outcome}, ${matter.handlerId}, ${matter.handlerName},
      ${matter.submittedAt}, ${matter.submittedOn}, ${matter.closedOn}, ${now}, ${matter.version},
      ${[...(terms ?? [])]}::text[], next.due_on, next.code
    from (select 1) one left join lateral (
      select c.due_on, c.code from matter_clock c
      where c.matter_id = ${matter.id} and c.status = 'running' and c.owner = 'office' order by c.due_on, c.code limit 1
    ) next on true
    on conflict (matter_id) do update set title = excluded.title, station_code = excluded.station_code,
      state = excluded.state, state_kind = excluded.state_kind, outcome = excluded.outcome,
      handler_id = excluded.handler_id, handler_name = excluded.handler_name, closed_on = excluded.closed_on,
      changed_at = excluded.changed_at, version = excluded.version, due_on = excluded.due_on,
      due_clock = excluded.due_clock,
      terms = case when ${terms === undefined} then matter_queue.terms else excluded.terms end`.execute(tx)
}

/** Whose matters a list may hold at all; what lies beyond is neither shown nor counted. */
export interface Horizon {
  readonly accountId: string
  readonly organisationIds: readonly string[]
  readonly stations: readonly string[]
  /** Procedures that the reader's roles may read wherever they are. */
  readonly procedures: readonly string[]
  /** Roles in which matters are handled at all; an account that holds none of them any more handles nothing. */
  readonly handling: readonly string[]
}

export interface QueueQuery {
  readonly scope: 'mine' | 'queue' | 'tasks' | 'late' | 'all'
  readonly horizon: Horizon
  readonly today: string
  readonly station?: string | undefined
  readonly procedure?: string | undefined
  readonly state?: string | undefined
  readonly kind?: 'open' | 'waiting' | 'closed' | undefined
  readonly q?: string | undefined
  readonly unassigned?: boolean | undefined
}

type Condition = RawBuilder<unknown>

function conditionsOf(query: QueueQuery): Condition[] {
  const { station, procedure, state, kind, q, unassigned } = query
  return [
    ...scopeOf(query),
    ...(station === undefined ? [] : [sql`m.station_code = ${station}`]),
    ...(procedure === undefined ? [] : [sql`m.procedure_code = ${procedure}`]),
    ...(state === undefined ? [] : [sql`m.state = ${state}`]),
    ...(kind === undefined ? [] : [sql`m.state_kind = ${kind}`]),
    ...(unassigned === true ? [sql`(m.handler_id is null or ${orphaned(query)})`] : []),
    ...(q === undefined || q === '' ? [] : searched(q)),
  ]
}

function scopeOf({ scope, horizon, today, station }: QueueQuery): Condition[] {
  const { accountId, stations } = horizon
  // One station is asked by equality, so that its index gives the order too.
  const here = station === undefined ? sql`m.station_code = any(${[...stations]}::text[])` : sql`true`
  const open = sql`m.state_kind <> 'closed'`
  if (scope === 'mine') return [own(horizon)]
  if (scope === 'queue') return [here, open]
  if (scope === 'tasks') return [sql`m.handler_id = ${accountId}`, open]
  if (scope === 'late') return [reach(horizon, here), open, sql`m.due_on < ${today}`]
  return [sql`(${own(horizon)} or ${reach(horizon, sql`m.station_code = any(${[...stations]}::text[])`)})`]
}

function own({ accountId, organisationIds }: Horizon): Condition {
  const mine = sql`m.applicant_account_id = ${accountId}`
  return organisationIds.length === 0
    ? mine
    : sql`(${mine} or m.organisation_id = any(${[...organisationIds]}::uuid[]))`
}

/** What the office side of the reader reaches: their stations, what they handle, and procedures of their roles. */
function reach({ accountId, procedures }: Horizon, here: Condition): Condition {
  if (procedures.length === 0) return sql`(${here} or m.handler_id = ${accountId})`
  return sql`(${here} or m.handler_id = ${accountId} or m.procedure_code = any(${[...procedures]}::text[]))`
}

/**
 * By number, by the terms of the title and the open answers. The applicant's name is searched only where it is an
 * organisation's: whoever types a person's name here learns nothing.
 */
function searched(q: string): Condition[] {
  const number = /^\d{4}-?\d{0,9}-?\d?$/.test(q.trim()) ? q.trim() : undefined
  const terms = wantedTerms(q)
  const byTerms = terms.length === 0 ? sql`false` : sql`m.terms @> ${terms}::text[]`
  return [number === undefined ? byTerms : sql`(m.number like ${`${number}%`} or ${byTerms})`]
}

/** The handler no longer works at the station, has no staff role left, or was suspended. */
function orphaned({ today, horizon }: QueueQuery): Condition {
  return sql`(m.handler_id is not null and m.state_kind <> 'closed' and not exists (
    select from station_post p join user_account a on a.id = p.account_id
    where p.account_id = m.handler_id and p.station_id = m.station_code and p.valid_from <= ${today}
      and (p.valid_to is null or p.valid_to > ${today}) and a.suspended_at is null
      and exists (select from account_role r where r.account_id = a.id and r.role = any(${[...horizon.handling]}::text[]))))`
}

export interface Place {
  readonly key: string
  readonly id: string
}

const ORDERS = {
  due: { column: 'due_on', direction: sql`asc`, after: sql`>` },
  arrival: { column: 'submitted_at', direction: sql`asc`, after: sql`>` },
  changed: { column: 'changed_at', direction: sql`desc`, after: sql`<` },
  newest: { column: 'submitted_at', direction: sql`desc`, after: sql`<` },
} as const
export type Order = keyof typeof ORDERS

export interface ListedMatter extends QueueRow {
  readonly orphaned: boolean
  readonly place: string
}

/** One page in order, with the exact number of all. */
export async function listQueue(
  db: Db,
  query: QueueQuery,
  { order, after, limit }: { order: Order; after?: Place | undefined; limit: number },
): Promise<{ total: number; items: ListedMatter[] }> {
  const where = sql.join(conditionsOf(query), sql` and `)
  const { column, direction } = ORDERS[order]
  // The due day sorts nulls last by itself, so that the index on it can be walked.
  const sorted = order === 'due' ? sql`m.due_on asc nulls last` : sql`${sql.ref(`m.${column}`)} ${direction}`
  const from = after === undefined ? sql`true` : afterPlace(order, after)
  const ordered = sql`order by ${sorted}, m.matter_id ${direction} limit ${limit}`
  // Several stations: the first of each, which its index has in order, instead of all of them sorted.
  const source =
    query.scope === 'queue' && query.station === undefined
      ? sql`(select first.* from unnest(${[...query.horizon.stations]}::text[]) as post (station) cross join lateral (
          select m.* from matter_queue m where m.station_code = post.station and ${where} and ${from} ${ordered}) first)`
      : sql`matter_queue`
  const page = sql<ListedMatter>`
    select m.*, ${orphaned(query)} as orphaned, ${sql.ref(`m.${column}`)}::text as place
    from ${source} m where ${where} and ${from} ${ordered}`.execute(db)
  const count = sql<{ total: number }>`select count(*) as total from matter_queue m where ${where}`.execute(
    db,
  )
  const [{ rows }, counted] = await Promise.all([page, count])
  return { total: counted.rows[0]?.total ?? 0, items: rows }
}

/** The row of one matter as its lists show it. */
export async function findListed(
  db: Db,
  matterId: string,
  { horizon, today }: Pick<QueueQuery, 'horizon' | 'today'>,
): Promise<ListedMatter | undefined> {
  const { rows } = await sql<ListedMatter>`
    select m.*, ${orphaned({ horizon, today, scope: 'all' })} as orphaned, '' as place
    from matter_queue m where m.matter_id = ${matterId}`.execute(db)
  return rows[0]
}

function afterPlace(order: Order, { key, id }: Place): Condition {
  const { column, after } = ORDERS[order]
  const place = sql.ref(`m.${column}`)
  if (order === 'due') {
    return key === ''
      ? sql`m.due_on is null and m.matter_id > ${id}`
      : sql`(m.due_on > ${key}::date or (m.due_on = ${key}::date and m.matter_id > ${id}) or m.due_on is null)`
  }
  return sql`(${place} ${after} ${key}::timestamptz or (${place} = ${key}::timestamptz and m.matter_id ${after} ${id}))`
}
