import { sql } from 'kysely'
import type { Json } from '#database/schema.generated.ts'
import type { Db, Tx } from '#platform/database.ts'
import type { Refusal } from '#platform/import-report.ts'
import { insertAll } from '#platform/insert-all.ts'
import type { Finding } from '#platform/tabular/finding.ts'

export interface NewRun {
  readonly kind: string
  readonly fileName: string
  readonly fileBytes: number
  readonly fileSha256: string
  readonly rows: number
  readonly accepted: number
  readonly updated: number
  readonly unchanged: number
  readonly refused: number
  readonly matched: number | null
  readonly findings: StoredFindings
  readonly importedBy: string
  readonly startedAt: Date
  readonly finishedAt: Date
}

export interface StoredFindings {
  readonly findings: readonly Finding[]
  readonly unmatched: readonly string[]
}

/** Held until the transaction ends. */
export function lockKind(tx: Tx, kind: string) {
  return sql`select pg_advisory_xact_lock(hashtext(${`import.${kind}`}))`.execute(tx)
}

export async function insertRun(tx: Tx, run: NewRun, refusals: readonly Refusal[]): Promise<string> {
  const { id } = await tx
    .insertInto('importRun')
    .values({ ...run, fileName: run.fileName.slice(0, 300), findings: JSON.stringify(run.findings) })
    .returning('id')
    .executeTakeFirstOrThrow()
  const rows = refusals.map(({ detail, ...refusal }, position) => ({
    runId: id,
    position,
    ...refusal,
    detail: detail as Json,
  }))
  await insertAll(tx, 'importRefusal', rows)
  return id
}

const columns = [
  'id',
  'kind',
  'fileName',
  'fileBytes',
  'fileSha256',
  'rows',
  'accepted',
  'updated',
  'unchanged',
  'refused',
  'matched',
  'importedBy',
  'startedAt',
  'finishedAt',
] as const

export interface RunFilter {
  readonly kind?: string | undefined
  readonly before?: { readonly finishedAt: string; readonly id: string } | undefined
  readonly limit: number
}

/** Newest first. */
export async function listRuns(db: Db, { kind, before, limit }: RunFilter) {
  const all = db
    .selectFrom('importRun')
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
  const [{ total }, rows] = await Promise.all([
    all.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    all
      .select(columns)
      .$if(before !== undefined, (query) =>
        query.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('finishedAt', 'id'), '<', tuple(before?.finishedAt ?? '', before?.id ?? '') as never),
        ),
      )
      .orderBy('finishedAt', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute(),
  ])
  return { total: total, rows }
}

export function findRun(db: Db, id: string) {
  return db
    .selectFrom('importRun')
    .select([...columns, 'findings'])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Refusals of a run in the order of the file, after a position. */
export function listRefusals(db: Db, runId: string, after: number, limit: number) {
  return db
    .selectFrom('importRefusal')
    .select(['position', 'line', 'sheet', 'field', 'value', 'reason', 'detail'])
    .where('runId', '=', runId)
    .where('position', '>', after)
    .orderBy('position')
    .limit(limit)
    .execute()
}
