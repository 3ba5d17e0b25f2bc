import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database.ts'
import type { Language, ReportContent, Words } from './report.rules.ts'

export interface ReportRow {
  readonly id: string
  readonly year: number
  readonly edition: number
  readonly snapshotId: string
  readonly commentary: Readonly<Record<string, Words>>
  readonly version: number
  readonly publishedAt: Date | null
  /** As published; null while it is a draft. */
  readonly content: Readonly<Record<Language, ReportContent>> | null
  readonly contentDigest: string | null
  readonly superseded: boolean
}

const reports = (db: Db) =>
  db.selectFrom('developmentReport as report').select([
    'report.id',
    'report.year',
    'report.edition',
    'report.snapshotId',
    sql<ReportRow['commentary']>`report.commentary`.as('commentary'),
    'report.version',
    'report.publishedAt',
    sql<ReportRow['content']>`report.content`.as('content'),
    'report.contentDigest',
    sql<boolean>`exists (select from development_report later
        where later.year = report.year and later.edition > report.edition and later.published_at is not null)`.as(
      'superseded',
    ),
  ])

/** Latest year and edition first; drafts only when asked for. */
export function listReports(db: Db, { drafts }: { readonly drafts: boolean }): Promise<ReportRow[]> {
  const query = reports(db).orderBy('report.year', 'desc').orderBy('report.edition', 'desc')
  return (drafts ? query : query.where('report.publishedAt', 'is not', null)).execute()
}

export const findReport = (db: Db, id: string): Promise<ReportRow | undefined> =>
  reports(db).where('report.id', '=', id).executeTakeFirst()

/** The same, and nobody else writes to it until this transaction ends. */
export async function lockReport(tx: Tx, id: string): Promise<ReportRow | undefined> {
  await tx.selectFrom('developmentReport').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  return findReport(tx, id)
}

export const findDraftOf = (db: Db, year: number) =>
  db
    .selectFrom('developmentReport')
    .select('id')
    .where('year', '=', year)
    .where('publishedAt', 'is', null)
    .executeTakeFirst()

/** Begins the next edition of a year. Its texts are those of the edition before, since most of them will stand. */
export async function insertReport(
  tx: Tx,
  { year, snapshotId, by, at }: { year: number; snapshotId: string; by: string; at: Date },
): Promise<string> {
  const before = await tx
    .selectFrom('developmentReport')
    .select(['edition', 'commentary'])
    .where('year', '=', year)
    .orderBy('edition', 'desc')
    .limit(1)
    .executeTakeFirst()
  const { id } = await tx
    .insertInto('developmentReport')
    .values({
      year,
      snapshotId,
      edition: (before?.edition ?? 0) + 1,
      commentary: JSON.stringify(before?.commentary ?? {}),
      createdBy: by,
      createdAt: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function writeCommentary(
  tx: Tx,
  { id, version }: ReportRow,
  commentary: ReportRow['commentary'],
) {
  await tx
    .updateTable('developmentReport')
    .set({ commentary: JSON.stringify(commentary), version: version + 1 })
    .where('id', '=', id)
    .execute()
  return version + 1
}

export interface ReportFileRow {
  readonly language: Language
  readonly fileHash: string
  readonly bytes: number
  readonly entryId: string
}

export async function filesOf(
  db: Db,
  reportIds: readonly string[],
): Promise<(ReportFileRow & { reportId: string })[]> {
  if (reportIds.length === 0) return []
  const rows = await db
    .selectFrom('developmentReportFile')
    .select(['reportId', 'language', 'fileHash', 'bytes', 'entryId'])
    .where('reportId', 'in', reportIds)
    .orderBy('language', 'desc')
    .execute()
  return rows as (ReportFileRow & { reportId: string })[]
}

export async function publishReport(
  tx: Tx,
  { id, version }: ReportRow,
  {
    files,
    content,
    contentDigest,
    by,
    at,
  }: {
    files: readonly ReportFileRow[]
    content: Readonly<Record<Language, ReportContent>>
    contentDigest: string
    by: string
    at: Date
  },
): Promise<void> {
  await tx
    .updateTable('developmentReport')
    .set({
      publishedBy: by,
      publishedAt: at,
      content: JSON.stringify(content),
      contentDigest,
      version: version + 1,
    })
    .where('id', '=', id)
    .execute()
  await tx
    .insertInto('developmentReportFile')
    .values(files.map((file) => ({ ...file, reportId: id })))
    .execute()
}
