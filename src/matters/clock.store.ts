import { sql, type Selectable } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Database, Db, Tx } from '#platform/database.ts'
import type { WorkingCalendar } from '#platform/working-days.ts'
import { countClock, type Counting, type Pause } from './clock.rules.ts'

type Row = Selectable<Database['matterClock']>
/** The table's own checks allow these values only. */
export type ClockRow = Omit<
  Row,
  'unit' | 'ending' | 'status' | 'owner' | 'pauses' | 'startedOn' | 'dueOn'
> & {
  readonly unit: Counting['unit']
  readonly ending: Counting['ending']
  readonly status: 'running' | 'paused' | 'stopped'
  readonly owner: 'office' | 'applicant'
  readonly pauses: Pause[]
  readonly startedOn: CalendarDate
  readonly dueOn: CalendarDate | null
}

export interface NewClock extends Counting {
  readonly matterId: string
  readonly code: string
  readonly owner: 'office' | 'applicant'
  readonly ruleCode: string | null
  readonly ruleFrom: string | null
  readonly sample: boolean
  readonly dueOn: CalendarDate | null
  readonly provisional: boolean
  readonly calendar: string
}

export async function insertClocks(tx: Tx, clocks: readonly NewClock[]): Promise<void> {
  if (clocks.length === 0) return
  await tx
    .insertInto('matterClock')
    .values(
      clocks.map(({ pauses, ...clock }) => ({
        ...clock,
        pauses: JSON.stringify(pauses),
        status: clock.dueOn === null ? 'paused' : 'running',
      })),
    )
    .execute()
}

export async function listClocks(db: Db, matterId: string): Promise<ClockRow[]> {
  const rows = await db
    .selectFrom('matterClock')
    .selectAll()
    .where('matterId', '=', matterId)
    .orderBy('id')
    .execute()
  return rows as unknown as ClockRow[]
}

export async function updateClock(
  tx: Tx,
  id: string,
  {
    pauses,
    ...change
  }: Partial<
    Pick<
      ClockRow,
      'pauses' | 'dueOn' | 'status' | 'stoppedOn' | 'provisional' | 'expiredOn' | 'calendar' | 'reminded'
    >
  >,
): Promise<void> {
  await tx
    .updateTable('matterClock')
    .set({ ...change, ...(pauses === undefined ? {} : { pauses: JSON.stringify(pauses) }) })
    .where('id', '=', id)
    .execute()
}

export async function listMoves(db: Db, matterId: string) {
  return db
    .selectFrom('matterClockMove')
    .innerJoin('matterRecount', 'matterRecount.id', 'matterClockMove.recountId')
    .select(['clockId', 'dueBefore', 'dueAfter', 'matterRecount.at', 'matterRecount.calendarAfter'])
    .where('matterClockMove.matterId', '=', matterId)
    .orderBy('matterClockMove.id')
    .execute()
}

export function findLastRecount(db: Db) {
  return db.selectFrom('matterRecount').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst()
}

export async function listRecounts(
  db: Db,
  { before, limit }: { before?: string | undefined; limit: number },
) {
  const { total } = await db
    .selectFrom('matterRecount')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  let query = db.selectFrom('matterRecount').selectAll().orderBy('id', 'desc').limit(limit)
  if (before !== undefined) query = query.where('id', '<', before)
  return { total, items: await query.execute() }
}

interface Group extends Counting {
  readonly pausesText: string
}

/**
 * Counts every running clock again. Clocks that began on one day with one term end on one day, so each distinct count
 * is made once and written to all its clocks by one statement; a hundred thousand clocks are a few thousand counts.
 */
export async function recountClocks(
  tx: Tx,
  {
    calendar,
    version,
    before,
    now,
  }: { calendar: WorkingCalendar; version: string; before: string | null; now: Date },
) {
  // Two recounts at once would log each move twice.
  await sql`select pg_advisory_xact_lock(hashtext('matters.recount'))`.execute(tx)
  const { rows: groups } = await sql<Group>`
    select started_on, n, unit, ending, pauses, pauses::text as pauses_text from matter_clock
    where status = 'running' group by started_on, n, unit, ending, pauses`.execute(tx)
  const counted = groups.map((group) => {
    const { due, unknownYears } = countClock(group, calendar)
    return { ...group, due, provisional: unknownYears.length > 0 }
  })
  await sql`create temp table moved (clock_id uuid, matter_id uuid, due_before date, due_after date) on commit drop`.execute(
    tx,
  )
  // What moves stays in the database: a hundred thousand rows there and back take longer than counting them.
  await sql`
    with counted as (
      select * from jsonb_to_recordset(${JSON.stringify(counted.map(asRecord))}::jsonb)
        as t (started_on date, n int, unit text, ending text, pauses_text text, due date, provisional boolean)
    ), affected as (
      select c.id, c.matter_id, c.due_on as due_before, t.due, t.provisional
      from matter_clock c join counted t using (started_on, n, unit, ending)
      where c.status = 'running' and c.pauses::text = t.pauses_text
        and (c.due_on is distinct from t.due or c.provisional <> t.provisional)
      for update of c
    ), written as (
      update matter_clock c set due_on = a.due, provisional = a.provisional, calendar = ${version},
        reminded = case when c.due_on = a.due then c.reminded else '{}' end
      from affected a where c.id = a.id
    )
    insert into moved select id, matter_id, due_before, due from affected where due_before is distinct from due`.execute(
    tx,
  )
  const { rows: running } = await sql<{ clocks: number }>`
    select count(*) as clocks from matter_clock where status = 'running'`.execute(tx)
  return recordRecount(tx, { before, version, now, clocks: running[0]?.clocks ?? 0 })
}

function asRecord({
  startedOn,
  n,
  unit,
  ending,
  pausesText,
  due,
  provisional,
}: Group & { due: string | null; provisional: boolean }) {
  return { started_on: startedOn, n, unit, ending, pauses_text: pausesText, due, provisional }
}

/** From the table `moved` of this transaction. */
async function recordRecount(
  tx: Tx,
  { before, version, now, clocks }: { before: string | null; version: string; now: Date; clocks: number },
) {
  const { rows: sums } = await sql<{ moves: number; digest: string }>`
    select count(*) as moves, encode(sha256(convert_to(
      coalesce(string_agg(clock_id || ' ' || due_before || ' ' || due_after || E'\n', '' order by clock_id), ''), 'UTF8')), 'hex') as digest
    from moved`.execute(tx)
  const { moves = 0, digest = '' } = sums[0] ?? {}
  const recount = await tx
    .insertInto('matterRecount')
    .values({ calendarBefore: before, calendarAfter: version, clocks, moved: moves, digest, at: now })
    .returningAll()
    .executeTakeFirstOrThrow()
  await sql`
    insert into matter_clock_move (recount_id, clock_id, matter_id, due_before, due_after)
    select ${recount.id}, clock_id, matter_id, due_before, due_after from moved order by clock_id`.execute(tx)
  await sql`
    update matter_queue q set due_on = next.due_on, due_clock = next.code
    from (
      select distinct on (c.matter_id) c.matter_id, c.due_on, c.code from matter_clock c
      where c.status = 'running' and c.owner = 'office'
        and c.matter_id in (select matter_id from moved)
      order by c.matter_id, c.due_on, c.code
    ) next where q.matter_id = next.matter_id and q.due_on is distinct from next.due_on`.execute(tx)
  return recount
}

export interface DueClock {
  readonly clockId: string
  readonly matterId: string
  readonly number: string
  readonly procedureCode: string
  readonly code: string
  readonly owner: 'office' | 'applicant'
  readonly dueOn: CalendarDate
  readonly reminded: number[]
  readonly handlerId: string | null
  readonly applicantAccountId: string | null
  readonly organisationId: string | null
  readonly stationCode: string
}

/** Running clocks that are due on or before a day, the earliest first. */
export async function listDueClocks(
  db: Db,
  until: string,
  { after, limit }: { after?: string; limit: number },
): Promise<DueClock[]> {
  const { rows } = await sql<DueClock>`
    select c.id as clock_id, c.matter_id, q.number, q.procedure_code, c.code, c.owner, c.due_on, c.reminded,
      q.handler_id, q.applicant_account_id, q.organisation_id, q.station_code
    from matter_clock c join matter_queue q on q.matter_id = c.matter_id
    where c.status = 'running' and c.due_on <= ${until} and c.id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid
    order by c.id limit ${limit}`.execute(db)
  return rows
}
