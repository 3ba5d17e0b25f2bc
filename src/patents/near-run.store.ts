/** What officers ordered to be searched for near duplicates, and how far it has come. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database.ts'
import type { NearDuplicateRules } from '../zone/patent.rules.ts'
import type { NearScope } from './near.store.ts'

export interface NearRun {
  readonly id: string
  readonly scope: NearScope['kind']
  readonly scopeName: string | null
  readonly state: string
  readonly share: number
  readonly rule: NearDuplicateRules
  readonly dataVersion: number | null
  readonly documents: number | null
  readonly pairs: number | null
  readonly clusters: number | null
  readonly capped: boolean
  readonly failure: string | null
  readonly orderedAt: Date
  readonly finishedAt: Date | null
}

const SHOWN = [
  'id',
  'scope',
  'scopeName',
  'state',
  'share',
  'rule',
  'dataVersion',
  'documents',
  'pairs',
  'clusters',
  'capped',
  'failure',
  'orderedAt',
  'finishedAt',
] as const

/** The rule is stored as this room wrote it and never changes. */
const shown = (row: Omit<NearRun, 'rule' | 'scope'> & { rule: unknown; scope: string }) => row as NearRun

export async function insertRun(
  tx: Tx,
  {
    scope,
    rule,
    by,
    at,
  }: { readonly scope: NearScope; readonly rule: NearDuplicateRules; readonly by: string; readonly at: Date },
): Promise<NearRun> {
  const row = await tx
    .insertInto('nearDuplicateRun')
    .values({
      scope: scope.kind,
      scopeName: scope.kind === 'corpus' ? null : scope.name,
      rule: JSON.stringify(rule),
      orderedBy: by,
      orderedAt: at,
    })
    .returning(SHOWN)
    .executeTakeFirstOrThrow()
  return shown(row)
}

/** The search of this scope that has not ended yet. */
export async function findOpenRun(db: Db, scope: NearScope): Promise<string | undefined> {
  const row = await db
    .selectFrom('nearDuplicateRun')
    .select('id')
    .where('state', 'in', ['waiting', 'running'])
    .where('scope', '=', scope.kind)
    .where(sql<boolean>`coalesce(scope_name, '') = ${scope.kind === 'corpus' ? '' : scope.name}`)
    .executeTakeFirst()
  return row?.id
}

export async function findRun(db: Db, id: string): Promise<NearRun | undefined> {
  const row = await db.selectFrom('nearDuplicateRun').select(SHOWN).where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : shown(row)
}

export interface Before {
  readonly at: string
  readonly id: string
}

export async function listRuns(db: Db, limit: number, before?: Before) {
  const [{ total }, rows] = await Promise.all([
    db
      .selectFrom('nearDuplicateRun')
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('nearDuplicateRun')
      .select(SHOWN)
      .$if(before !== undefined, (query) =>
        query.where(sql<boolean>`(ordered_at, id) < (${before?.at}::timestamptz, ${before?.id}::uuid)`),
      )
      .orderBy('orderedAt', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute(),
  ])
  return { total, rows: rows.map(shown) }
}

/** A worker that is alive says so with every slice; a slice ends within five minutes or is stopped. */
const SILENT_MINUTES = 12

/** Takes the oldest search that waits, or whose worker fell silent; undefined when there is none. */
export async function claimRun(tx: Tx, at: Date): Promise<NearRun | undefined> {
  const row = await tx
    .updateTable('nearDuplicateRun')
    .set({ state: 'running', startedAt: sql`coalesce(started_at, ${at})`, heardAt: at })
    .where('id', '=', (query) =>
      query
        .selectFrom('nearDuplicateRun')
        .select('id')
        .where(
          sql<boolean>`state = 'waiting' or state = 'running' and heard_at < ${at}::timestamptz - ${SILENT_MINUTES} * interval '1 minute'`,
        )
        .orderBy('orderedAt')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returning(SHOWN)
    .executeTakeFirst()
  return row === undefined ? undefined : shown(row)
}

export async function noteProgress(
  tx: Tx,
  id: string,
  { share, at }: { readonly share: number; readonly at: Date },
): Promise<void> {
  await tx.updateTable('nearDuplicateRun').set({ share, heardAt: at }).where('id', '=', id).execute()
}

/** Back to those that wait: its store went away in the middle. */
export async function putBack(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('nearDuplicateRun').set({ state: 'waiting', share: 0 }).where('id', '=', id).execute()
}

export async function failRun(
  tx: Tx,
  id: string,
  { failure, at }: { readonly failure: string; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('nearDuplicateRun')
    .set({ state: 'failed', failure, finishedAt: at })
    .where('id', '=', id)
    .execute()
}
