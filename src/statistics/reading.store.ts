import { CompiledQuery, sql, type RawBuilder } from 'kysely'
import type { Db } from '#platform/database.ts'

/** Everything asked through one reading speaks of the same moment, so that a figure and its list cannot disagree. */
export interface Reading {
  readonly db: Db
  /** The rows of a query that reads only. Answered from memory while no table it reads has been written to. */
  readonly ask: <Row>(query: RawBuilder<Row>) => Promise<readonly Row[]>
}

/** What one transaction of the database sees: every change by a transaction below `xmin` and none by a later one. */
interface Moment {
  readonly xmin: number
  /** The newest transaction that changed each watched table, as this moment sees it. */
  readonly touched: Readonly<Record<string, number>>
  readonly watched: ReadonlySet<string>
}

interface Kept {
  readonly rows: readonly unknown[]
  /** For each table it reads, the newest transaction that had changed it. */
  readonly sources: ReadonlyMap<string, number>
  readonly xmin: number
}

/** Pages and tables of a few hundred figures; the oldest unused answer goes first. */
const MOST_KEPT = 5_000
const keptBy = new WeakMap<Db, Map<string, Kept>>()

/**
 * Runs `work` in one read-only transaction at one moment.
 *
 * An answer is kept with the oldest transaction that was still open when it was computed. It is valid for a later moment
 * when no table it reads has been touched by that transaction or a newer one: a writer that was in flight then has a
 * number no smaller, and its touch becomes visible together with its changes. So a kept answer equals what the query
 * would yield now, exactly. A table that nobody watches is simply asked again.
 */
export function readTogether<Result>(db: Db, work: (reading: Reading) => Promise<Result>): Promise<Result> {
  const kept = keptBy.get(db) ?? new Map<string, Kept>()
  keptBy.set(db, kept)
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (transaction) => {
      const moment = await presentMoment(transaction)
      return work({ db: transaction, ask: (query) => ask(transaction, moment, kept, query) })
    })
}

async function ask<Row>(
  db: Db,
  moment: Moment,
  kept: Map<string, Kept>,
  query: RawBuilder<Row>,
): Promise<readonly Row[]> {
  const compiled = query.compile(db)
  const key = JSON.stringify([compiled.sql, compiled.parameters])
  const known = kept.get(key)
  if (known !== undefined && isFresh(known, moment)) {
    kept.delete(key)
    kept.set(key, known)
    return known.rows as readonly Row[]
  }
  const { rows } = await db.executeQuery(compiled)
  const sources = await tablesReadBy(db, compiled)
  if (sources.every((source) => moment.watched.has(source))) {
    kept.set(key, {
      rows,
      sources: new Map(sources.map((source) => [source, touch(moment, source)])),
      xmin: moment.xmin,
    })
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? key)
  }
  return rows
}

/**
 * Nothing newer has been seen since, no writer was in flight then, and this reading does not predate the answer (else it
 * might not see all that the answer has seen).
 */
function isFresh({ sources, xmin }: Kept, moment: Moment): boolean {
  if (moment.xmin < xmin) return false
  return [...sources].every(([source, touched]) => touch(moment, source) === touched && touched < xmin)
}

function touch({ touched }: Moment, source: string): number {
  return touched[source] ?? 0
}

async function presentMoment(db: Db): Promise<Moment> {
  const { rows } = await sql<{
    xmin: number
    touched: Record<string, number> | null
    watched: string[] | null
  }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xmin,
      (select jsonb_object_agg(source, xid) from (select source, max(xid) as xid from indicator_touch group by source) t)
        as touched,
      (select jsonb_agg(c.relname) from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where t.tgname = 'indicator_source' and t.tgenabled <> 'D') as watched`.execute(db)
  const [row] = rows
  return { xmin: row?.xmin ?? 0, touched: row?.touched ?? {}, watched: new Set(row?.watched) }
}

/** The planner knows which tables a query reads; a list kept by hand would one day miss one. */
export async function tablesReadBy(db: Db, { sql: text, parameters }: CompiledQuery): Promise<string[]> {
  const { rows } = await db.executeQuery<Record<string, unknown>>(
    CompiledQuery.raw(`explain (format json) ${text}`, [...parameters]),
  )
  const names = new Set<string>()
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit)
    else if (typeof node === 'object' && node !== null) {
      for (const [key, value] of Object.entries(node)) {
        if (key === 'Relation Name' && typeof value === 'string') names.add(value)
        else visit(value)
      }
    }
  }
  visit(rows)
  return [...names]
}

/** Forgets touches that a newer one of the same table makes superfluous. Returns how many. */
export async function sweepTouches(db: Db): Promise<number> {
  // A restored database may count its transactions from a lower number: touches from its future would never grow old.
  const { numAffectedRows = 0n } = await sql`
    delete from indicator_touch old using (select source, max(xid) as xid from indicator_touch group by source) newest
    where old.source = newest.source and old.xid < newest.xid
      or old.xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint`.execute(db)
  return Number(numAffectedRows)
}
