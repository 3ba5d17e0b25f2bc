import { z } from 'zod'
import type { Db, Tx } from '#platform/database.ts'
import type { CountedTable, PublishedEarlier } from './breakdown.ts'
import type { PublishedTable } from './suppression.rules.ts'

const Codes = z.array(z.string())
const Published = z.array(
  z.array(z.object({ shown: z.enum(['shown', 'small', 'hidden']), value: z.number().nullable() })),
)
const Numbers = z.array(z.array(z.number()))

export async function insertBreakdown(
  tx: Tx,
  figureId: string,
  table: CountedTable,
  published: PublishedTable | undefined,
): Promise<void> {
  await tx
    .insertInto('snapshotBreakdown')
    .values({
      figureId,
      rowDimension: table.grid.rows,
      columnDimension: table.grid.columns ?? null,
      rowCodes: JSON.stringify(table.rowCodes),
      columnCodes: JSON.stringify(table.columnCodes),
      counted: JSON.stringify(table.cells.map((row) => row.map(({ value }) => value))),
      published: published === undefined ? null : JSON.stringify(published),
    })
    .execute()
}

const tables = (db: Db, code: string) =>
  db
    .selectFrom('snapshotBreakdown as b')
    .innerJoin('snapshotFigure as f', 'f.id', 'b.figureId')
    .innerJoin('snapshot as s', 's.id', 'f.snapshotId')
    .selectAll('b')
    .select(['s.id as snapshotId', 's.asOf', 'f.described'])
    .where('f.code', '=', code)

/** The table last published for this day (it is being restated), else the last published at all. */
export async function findEarlierTable(
  db: Db,
  code: string,
  asOf: string,
): Promise<PublishedEarlier | undefined> {
  const found = await tables(db, code)
    .where('b.published', 'is not', null)
    .orderBy((eb) => eb('s.asOf', '=', asOf), 'desc')
    .orderBy('s.takenAt', 'desc')
    .orderBy('s.id', 'desc')
    .orderBy('f.revision', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (
    found && {
      rowCodes: Codes.parse(found.rowCodes),
      columnCodes: Codes.parse(found.columnCodes),
      published: Published.parse(found.published),
      values: Numbers.parse(found.counted),
    }
  )
}

export interface FrozenTable {
  readonly snapshotId: string
  readonly asOf: string
  readonly rowDimension: string
  readonly columnDimension: string | null
  readonly rowCodes: readonly string[]
  readonly columnCodes: readonly string[]
  readonly published: PublishedTable | null
}

/** The table that stands published on a day. */
export async function findPublishedTable(
  db: Db,
  code: string,
  asOf: string,
): Promise<FrozenTable | undefined> {
  const found = await tables(db, code)
    .where('s.asOf', '<=', asOf)
    .orderBy('s.asOf', 'desc')
    .orderBy('s.takenAt', 'desc')
    .orderBy('s.id', 'desc')
    .orderBy('f.revision', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (
    found && {
      snapshotId: found.snapshotId,
      asOf: found.asOf,
      rowDimension: found.rowDimension,
      columnDimension: found.columnDimension,
      rowCodes: Codes.parse(found.rowCodes),
      columnCodes: Codes.parse(found.columnCodes),
      published: found.published === null ? null : Published.parse(found.published),
    }
  )
}
