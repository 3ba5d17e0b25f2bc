import { sql, type Selectable } from 'kysely'
import type { Database, Db, Tx } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'
import type { Scheme } from '../zone/appraisal.rules.ts'
import type { Inputs, ItemScore, Verdict } from './rules.ts'

export type RoundState = 'open' | 'computed' | 'publicity' | 'closed'
export type RoundRow = Omit<Selectable<Database['appraisalRound']>, 'scheme' | 'state'> & {
  readonly scheme: Scheme
  readonly state: RoundState
}

const rounds = (db: Db) => db.selectFrom('appraisalRound').selectAll()

export async function listRounds(db: Db): Promise<RoundRow[]> {
  return (await rounds(db).orderBy('year', 'desc').execute()) as unknown as RoundRow[]
}

export async function findRound(db: Db, year: number): Promise<RoundRow | undefined> {
  return (await rounds(db).where('year', '=', year).executeTakeFirst()) as unknown as RoundRow | undefined
}

export async function lockRound(tx: Tx, year: number): Promise<RoundRow | undefined> {
  return (await rounds(tx).where('year', '=', year).forUpdate().executeTakeFirst()) as unknown as
    | RoundRow
    | undefined
}

export interface NewRound {
  readonly year: number
  readonly scheme: Scheme
  readonly zoneVersion: string
  readonly cutoffOn: string
  readonly openedBy: string
  readonly openedAt: Date
}

/** Undefined where the year has its round already. */
export async function insertRound(tx: Tx, { scheme, ...round }: NewRound): Promise<string | undefined> {
  const row = await tx
    .insertInto('appraisalRound')
    .values({ ...round, scheme: JSON.stringify(scheme) })
    .onConflict((conflict) => conflict.column('year').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** Writes what changed of a locked round; answers its new version. */
export async function changeRound(
  tx: Tx,
  { id, version }: RoundRow,
  change: Partial<Pick<RoundRow, 'state' | 'edition' | 'matterId' | 'closedBy' | 'closedAt'>>,
): Promise<number> {
  const next = version + 1
  await tx
    .updateTable('appraisalRound')
    .set({ ...change, version: next })
    .where('id', '=', id)
    .execute()
  return next
}

export type EditionRow = Selectable<Database['appraisalEdition']>

export function listEditions(db: Db, roundId: string): Promise<EditionRow[]> {
  return db
    .selectFrom('appraisalEdition')
    .selectAll()
    .where('roundId', '=', roundId)
    .orderBy('edition')
    .execute()
}

export interface ResultRow {
  readonly roundId: string
  readonly edition: number
  readonly agencyId: string
  readonly partyId: string
  readonly code: string
  readonly name: string
  readonly classCode: string
  readonly items: readonly ItemScore[]
  readonly total: number
  readonly rank: number
  readonly vetoes: readonly string[]
  readonly verdict: Verdict
  readonly digest: string
}

export interface FullResult extends ResultRow {
  readonly inputs: Inputs
}

/** Writes one computation: the edition and the result of every agency with all its inputs. */
export async function insertEdition(
  tx: Tx,
  edition: Omit<EditionRow, 'computedAt'> & { readonly computedAt: Date },
  results: readonly Omit<FullResult, 'roundId' | 'edition'>[],
): Promise<void> {
  await tx.insertInto('appraisalEdition').values(edition).execute()
  await insertAll(
    tx,
    'appraisalResult' as never,
    results.map((result) => ({ roundId: edition.roundId, edition: edition.edition, ...result })) as never,
  )
}

const WITHOUT_INPUTS = [
  'roundId',
  'edition',
  'agencyId',
  'partyId',
  'code',
  'name',
  'classCode',
  'items',
  'total',
  'rank',
  'vetoes',
  'verdict',
  'digest',
] as const

/** The results of an edition by class and rank. */
export async function listResults(db: Db, roundId: string, edition: number): Promise<ResultRow[]> {
  const rows = await db
    .selectFrom('appraisalResult')
    .select(WITHOUT_INPUTS)
    .where('roundId', '=', roundId)
    .where('edition', '=', edition)
    .orderBy('classCode')
    .orderBy('rank')
    .orderBy('code')
    .execute()
  return rows as unknown as ResultRow[]
}

export async function findResult(
  db: Db,
  { id, edition }: Pick<RoundRow, 'id' | 'edition'>,
  code: string,
): Promise<FullResult | undefined> {
  const row = await db
    .selectFrom('appraisalResult')
    .selectAll()
    .where('roundId', '=', id)
    .where('edition', '=', edition)
    .where('code', '=', code)
    .executeTakeFirst()
  return row as unknown as FullResult | undefined
}

/** The results of one agency in the latest edition of every round that is public. */
export async function listResultsOf(db: Db, code: string) {
  const { rows } = await sql<
    Pick<ResultRow, 'total' | 'rank' | 'verdict'> & { year: number; state: RoundState }
  >`
    select round.year, round.state, result.total, result.rank, result.verdict
    from appraisal_round round
    join appraisal_result result on result.round_id = round.id and result.edition = round.edition
    where result.code = ${code} and round.state in ('publicity', 'closed')
    order by round.year desc`.execute(db)
  return rows
}

export interface FileRow {
  readonly language: 'zh' | 'en'
  readonly fileHash: string
  readonly bytes: number
  readonly entryId: string
}

export async function insertFiles(tx: Tx, roundId: string, files: readonly FileRow[]): Promise<void> {
  await tx
    .insertInto('appraisalFile')
    .values(files.map((file) => ({ ...file, roundId })))
    .execute()
}

export async function listFiles(db: Db, roundId: string): Promise<FileRow[]> {
  const rows = await db
    .selectFrom('appraisalFile')
    .select(['language', 'fileHash', 'bytes', 'entryId'])
    .where('roundId', '=', roundId)
    .orderBy('language', 'desc')
    .execute()
  return rows as unknown as FileRow[]
}
