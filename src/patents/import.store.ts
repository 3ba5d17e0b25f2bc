import { sql } from 'kysely'
import type { Json } from '#database/schema.generated.ts'
import type { Analytics } from '#platform/analytics.ts'
import type { Database, Db, Tx } from '#platform/database.ts'
import type { Refusal } from '#platform/import-report.ts'
import { insertAll } from '#platform/insert-all.ts'
import type { Insertable } from 'kysely'
import { currentVersion } from './corpus.store.ts'
import type { Mapping } from './mapping.rules.ts'
import type { PatentFinding, ReadSheet } from './read-row.ts'
import type { PatentRecord } from './record.rules.ts'
import { recordsOfRows } from './record.store.ts'

export interface Counts {
  readonly accepted: number
  readonly updated: number
  readonly unchanged: number
  readonly refused: number
}

/** The batch that is being stored: the last of its rows, and what becomes of them. */
export interface InFlight extends Counts {
  readonly to: number
}

export type NewImport = Pick<
  Insertable<Database['patentImport']>,
  'fileName' | 'fileBytes' | 'fileSha256' | 'format' | 'encoding' | 'observedOn' | 'preparedBy'
> & { readonly sheets: readonly ReadSheet[]; readonly findings: readonly PatentFinding[]; readonly at: Date }

/** A file that somebody brought and has not started to import. */
export async function insertImport(
  tx: Tx,
  { at, sheets, findings, fileName, ...run }: NewImport,
): Promise<string> {
  const { seenAt } = await tx
    .selectFrom('patentImport')
    .select(({ fn }) => fn.min('seenAt').as('seenAt'))
    .where('fileSha256', '=', run.fileSha256)
    .where('state', '!=', 'prepared')
    .executeTakeFirstOrThrow()
  const { id } = await tx
    .insertInto('patentImport')
    .values({
      ...run,
      fileName: fileName.slice(-300) || 'file',
      state: 'prepared',
      sheets: JSON.stringify(sheets),
      findings: JSON.stringify(findings),
      seenAt: seenAt ?? at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export interface ImportRun {
  readonly id: string
  readonly fileName: string
  readonly fileBytes: number
  readonly fileSha256: string
  readonly format: string
  readonly encoding: string | null
  readonly state: 'prepared' | 'waiting' | 'running' | 'finished' | 'failed' | 'stopped'
  readonly sheets: readonly ReadSheet[]
  readonly observedOn: string | null
  readonly seenAt: Date
  readonly rows: number
  readonly accepted: number
  readonly updated: number
  readonly unchanged: number
  readonly refused: number
  readonly share: number | null
  readonly inFlight: InFlight | null
  readonly findings: readonly PatentFinding[]
  readonly failure: { readonly reason: string; readonly detail: Record<string, string | number> } | null
  readonly versionBefore: number | null
  readonly versionAfter: number | null
  readonly preparedBy: string
  readonly preparedAt: Date
  readonly startedBy: string | null
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
}

export async function findImport(db: Db, id: string): Promise<ImportRun | undefined> {
  const row = await db.selectFrom('patentImport').selectAll().where('id', '=', id).executeTakeFirst()
  return row as unknown as ImportRun | undefined
}

export interface ImportPlace {
  readonly preparedAt: string
  readonly id: string
}

/** Newest first, those that were only looked at left out. */
export async function listImports(db: Db, limit: number, before?: ImportPlace) {
  const all = db.selectFrom('patentImport').where('state', '!=', 'prepared')
  const [{ total }, rows] = await Promise.all([
    all.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    all
      .selectAll()
      .$if(before !== undefined, (query) =>
        query.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('preparedAt', 'id'), '<', tuple(before?.preparedAt ?? '', before?.id ?? '') as never),
        ),
      )
      .orderBy('preparedAt', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute(),
  ])
  return { total, rows: rows as unknown as ImportRun[] }
}

/** Those that are waiting or broke off, the oldest first. */
export async function openImports(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('patentImport')
    .select('id')
    .where('state', 'in', ['waiting', 'running'])
    .orderBy('startedAt')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** An import of these bytes that was started and has not come to its end. */
export async function findUnfinished(db: Db, fileSha256: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('patentImport')
    .select('id')
    .where('fileSha256', '=', fileSha256)
    .where('state', 'in', ['waiting', 'running'])
    .orderBy('startedAt')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

/** False when it was started, or stopped, before. */
export async function queueImport(
  tx: Tx,
  id: string,
  start: {
    readonly sheets: readonly ReadSheet[]
    readonly observedOn: string | null
    readonly by: string
    readonly at: Date
  },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('patentImport')
    .set({
      state: 'waiting',
      sheets: JSON.stringify(start.sheets),
      observedOn: start.observedOn,
      startedBy: start.by,
      startedAt: start.at,
    })
    .where('id', '=', id)
    .where('state', '=', 'prepared')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** False when it had come to its end before. */
export async function stopImport(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('patentImport')
    .set({ state: 'stopped', finishedAt: at })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface Progress {
  readonly counts: Counts
  readonly inFlight: InFlight | null
  readonly share: number | null
  readonly sheets: readonly ReadSheet[]
  readonly findings: readonly PatentFinding[]
  readonly versionBefore: number
}

/** What is done for good and what is being stored now. False when somebody has stopped it meanwhile. */
export async function saveProgress(tx: Tx, id: string, progress: Progress): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('patentImport')
    .set(({ fn, val }) => ({
      state: 'running',
      ...progress.counts,
      rows: sumOf(progress.counts),
      inFlight: progress.inFlight === null ? null : JSON.stringify(progress.inFlight),
      share: progress.share,
      sheets: JSON.stringify(progress.sheets),
      findings: JSON.stringify(progress.findings),
      versionBefore: fn.coalesce('versionBefore', val(progress.versionBefore)),
    }))
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

const sumOf = ({ accepted, updated, unchanged, refused }: Counts) => accepted + updated + unchanged + refused

export interface Ending {
  readonly state: 'finished' | 'failed'
  readonly failure?: ImportRun['failure']
  readonly versionAfter: number
  readonly at: Date
}

export async function endImport(
  tx: Tx,
  id: string,
  { state, failure = null, versionAfter, at }: Ending,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('patentImport')
    .set({
      state,
      failure: failure === null ? null : JSON.stringify(failure),
      versionAfter,
      finishedAt: at,
      ...(state === 'finished' && { share: 1 }),
    })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface PlacedRefusal extends Refusal {
  readonly position: number
}

/** Those of a batch that is stored again after a crash are there already. */
export async function insertRefusals(
  tx: Tx,
  runId: string,
  refusals: readonly PlacedRefusal[],
): Promise<void> {
  const rows = refusals.map(({ detail, ...refusal }) => ({ runId, ...refusal, detail: detail as Json }))
  await insertAll(tx, 'patentImportRefusal', rows, { onConflict: 'ignore' })
}

/** In the order of the file, after a position. */
export function listRefusals(db: Db, runId: string, after: number, limit: number) {
  return db
    .selectFrom('patentImportRefusal')
    .select(['position', 'line', 'sheet', 'field', 'value', 'reason', 'detail'])
    .where('runId', '=', runId)
    .where('position', '>', after)
    .orderBy('position')
    .limit(limit)
    .execute()
}

/** How many of each reason. */
export async function countReasons(db: Db, runId: string) {
  return db
    .selectFrom('patentImportRefusal')
    .select(['reason', ({ fn }) => fn.countAll<number>().as('count')])
    .where('runId', '=', runId)
    .groupBy('reason')
    .orderBy('count', 'desc')
    .orderBy('reason')
    .execute()
}

/** The mappings that were kept for tables of these signatures. */
export async function findMappings(
  db: Db,
  signatures?: readonly string[],
): Promise<ReadonlyMap<string, Mapping>> {
  const rows = await db
    .selectFrom('patentColumnMapping')
    .select(['signature', 'mapping'])
    .$if(signatures !== undefined, (query) => query.where('signature', 'in', [...(signatures ?? []), '']))
    .execute()
  return new Map(rows.map(({ signature, mapping }) => [signature, mapping as unknown as Mapping]))
}

export async function keepMapping(
  tx: Tx,
  sheet: Pick<ReadSheet, 'signature' | 'columns' | 'mapping'>,
  by: string,
): Promise<void> {
  const row = { columns: JSON.stringify(sheet.columns), mapping: JSON.stringify(sheet.mapping), keptBy: by }
  await tx
    .insertInto('patentColumnMapping')
    .values({ signature: sheet.signature, ...row })
    .onConflict((conflict) =>
      conflict.column('signature').doUpdateSet(({ eb }) => ({
        ...row,
        keptAt: sql`now()`,
        version: eb('patentColumnMapping.version', '+', 1),
      })),
    )
    .execute()
}

/**
 * Runs the work while no other process works on the same import; false when one does. The lock is that of a connection, so a
 * process that is killed gives it back at once.
 */
export function whileAlone(db: Db, id: string, work: () => Promise<void>): Promise<boolean> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{
      alone: boolean
    }>`select pg_try_advisory_lock(hashtext(${`patents.import.${id}`})) as alone`.execute(connection)
    if (rows[0]?.alone !== true) return false
    try {
      await work()
      return true
    } finally {
      await sql`select pg_advisory_unlock(hashtext(${`patents.import.${id}`}))`
        .execute(connection)
        .catch(() => undefined)
    }
  })
}

const tag = { tag: 'patents.import', limits: { seconds: 600, memoryBytes: 2 * 2 ** 30 } }

/** The records as they stand that bear one of these numbers or belong to one of these applications. */
export async function findStanding(
  analytics: Analytics,
  numbers: readonly string[],
  applications: readonly string[],
): Promise<PatentRecord[]> {
  const version = await currentVersion(analytics)
  const ofApplications = applications.length === 0 ? '' : 'OR application_key IN {applications:Array(String)}'
  return recordsOfRows(
    analytics,
    {
      sql: `SELECT publication_number, since FROM patent
        WHERE (publication_number IN {numbers:Array(String)} ${ofApplications})
          AND since <= {version:UInt32} AND until > {version:UInt32}`,
      parameters: { numbers, version, ...(applications.length > 0 && { applications }) },
    },
    tag,
  )
}
