import type { Db, Tx } from '#platform/database.ts'

export type SubjectKind = 'account' | 'person' | 'organisation'

export interface NewReading {
  readerId: string
  readerName: string
  readerRoles: string[]
  readerOrganisation: string | null
  subjectKind: SubjectKind
  subjectId: string
  recordKind: string
  recordId: string
  fields: string[]
  purpose: string
  requestId: string
  readAt: Date
}

export async function insertReading(tx: Tx, reading: NewReading): Promise<string> {
  const { id } = await tx.insertInto('readLog').values(reading).returning('id').executeTakeFirstOrThrow()
  return id
}

/** Whose readings an account may see: its own, and those of the organisations it acts for. */
export interface DataSubject {
  accountId: string
  organisationIds: readonly string[]
}

function about(db: Db, { accountId, organisationIds }: DataSubject) {
  return db
    .selectFrom('readLog')
    .where((eb) =>
      eb.or([
        eb.and([eb('subjectKind', '=', 'account'), eb('subjectId', '=', accountId)]),
        ...(organisationIds.length === 0
          ? []
          : [eb.and([eb('subjectKind', '=', 'organisation'), eb('subjectId', 'in', organisationIds)])]),
      ]),
    )
}

/** Newest first; ids are in the order of time. */
export async function listReadings(
  db: Db,
  subject: DataSubject,
  page: { before?: string | undefined; limit: number },
) {
  const { total } = await about(db, subject)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  let found = about(db, subject).selectAll().orderBy('id', 'desc').limit(page.limit)
  if (page.before !== undefined) found = found.where('id', '<', page.before)
  const rows = await found.execute()
  // The table's own check allows these three only.
  return { total, items: rows.map((row) => ({ ...row, subjectKind: row.subjectKind as SubjectKind })) }
}
