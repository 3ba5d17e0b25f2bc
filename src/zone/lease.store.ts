import { sql } from 'kysely'

import type { CalendarDate } from '#platform/calendar.ts'
import type { Db, Tx } from '#platform/database.ts'

const columns = [
  'id',
  'unit',
  'number',
  'tenantName',
  'tenantCreditCode',
  'monthlyRentFen',
  'validFrom',
  'validTo',
  'endReason',
] as const

/** Leases that run on at least one day from `from` to `to`, both included. */
export function listLeasesBetween(db: Db, zone: string, from: CalendarDate, to: CalendarDate) {
  return db
    .selectFrom('spaceLease')
    .select(columns)
    .where('zone', '=', zone)
    .where('validFrom', '<=', to)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', from)]))
    .orderBy('unit')
    .orderBy('validFrom')
    .execute()
}

export type Lease = Awaited<ReturnType<typeof listLeasesBetween>>[number]

/** One page of all leases by number, and how many there are. */
export async function pageOfLeases(
  db: Db,
  zone: string,
  { after, limit, unit }: { after?: string; limit: number; unit?: string },
) {
  const all = db
    .selectFrom('spaceLease')
    .where('zone', '=', zone)
    .$if(unit !== undefined, (query) => query.where('unit', '=', unit ?? ''))
  const items = await all
    .select(columns)
    .$if(after !== undefined, (query) => query.where('number', '>', after ?? ''))
    .orderBy('number')
    .limit(limit + 1)
    .execute()
  const { total } = await all
    .select((make) => make.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items, total }
}

/** Two officers who let the same unit at once are served one after the other. */
export async function lockUnit(tx: Tx, zone: string, unit: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${zone}/${unit}`}, 0))`.execute(tx)
}

/** A lease of the unit that shares a day with the given span; `validTo` is not included and null has no end. */
export function findOverlap(
  tx: Tx,
  lease: { zone: string; unit: string; validFrom: string; validTo: string | null },
) {
  return tx
    .selectFrom('spaceLease')
    .select(['number', 'tenantName', 'validFrom', 'validTo'])
    .where('zone', '=', lease.zone)
    .where('unit', '=', lease.unit)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', lease.validFrom)]))
    .$if(lease.validTo !== null, (query) => query.where('validFrom', '<', lease.validTo ?? ''))
    .orderBy('validFrom')
    .executeTakeFirst()
}

export async function isNumberTaken(tx: Tx, zone: string, number: string): Promise<boolean> {
  const row = await tx
    .selectFrom('spaceLease')
    .select('id')
    .where('zone', '=', zone)
    .where('number', '=', number)
    .executeTakeFirst()
  return row !== undefined
}

export function insertLease(
  tx: Tx,
  lease: Pick<
    Lease,
    'unit' | 'number' | 'tenantName' | 'tenantCreditCode' | 'monthlyRentFen' | 'validFrom' | 'validTo'
  > & {
    zone: string
  },
) {
  return tx.insertInto('spaceLease').values(lease).returning(columns).executeTakeFirstOrThrow()
}

export function lockLease(tx: Tx, zone: string, id: string) {
  return tx
    .selectFrom('spaceLease')
    .select(columns)
    .where('zone', '=', zone)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export function endLease(tx: Tx, id: string, validTo: string, endReason: string) {
  return tx
    .updateTable('spaceLease')
    .set({ validTo, endReason })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow()
}

/** Units that a lease still holds, now or later; a profile that drops one of them would leave the lease in the air. */
export async function listUnitsHeld(db: Db, zone: string, from: CalendarDate): Promise<string[]> {
  const rows = await db
    .selectFrom('spaceLease')
    .select('unit')
    .distinct()
    .where('zone', '=', zone)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', from)]))
    .orderBy('unit')
    .execute()
  return rows.map(({ unit }) => unit)
}

/** Every lease that an organisation has or had in the zone, the earliest first. */
export function listLeasesOfTenant(db: Db, zone: string, creditCode: string) {
  return db
    .selectFrom('spaceLease')
    .select(columns)
    .where('zone', '=', zone)
    .where('tenantCreditCode', '=', creditCode)
    .orderBy('validFrom')
    .orderBy('unit')
    .execute()
}
