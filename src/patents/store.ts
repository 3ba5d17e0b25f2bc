import { randomUUID } from 'node:crypto'
import { type Insertable, sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Database, Db, Tx } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'
import type { Criterion } from './rules.ts'

export type NewNavigationBase = Insertable<Database['navigationBase']>
export type NewCultivationCentre = Insertable<Database['cultivationCentre']>
export type NewPctApplication = Insertable<Database['pctApplication']>
export type NewPopulation = Insertable<Database['residentPopulation']>
export type NewProductReturn = Insertable<Database['patentProductReturn']>

export interface NewInvention extends Insertable<Database['invention']> {
  /** Why it is of high value, each reason with its days and evidence; none for an ordinary invention. */
  readonly criteria: readonly (Omit<
    Insertable<Database['inventionCriterion']>,
    'inventionId' | 'criterion'
  > & {
    readonly criterion: Criterion
  })[]
}

export const insertNavigationBases = (tx: Tx, bases: readonly NewNavigationBase[]) =>
  insertAll(tx, 'navigationBase', bases, { onConflict: 'ignore' })

export const insertCultivationCentres = (tx: Tx, centres: readonly NewCultivationCentre[]) =>
  insertAll(tx, 'cultivationCentre', centres, { onConflict: 'ignore' })

export const insertPctApplications = (tx: Tx, applications: readonly NewPctApplication[]) =>
  insertAll(tx, 'pctApplication', applications, { onConflict: 'ignore' })

export const insertPopulations = (tx: Tx, populations: readonly NewPopulation[]) =>
  insertAll(tx, 'residentPopulation', populations, { onConflict: 'ignore' })

export const insertProductReturns = (tx: Tx, returns: readonly NewProductReturn[]) =>
  insertAll(tx, 'patentProductReturn', returns, { onConflict: 'ignore' })

/** Records inventions with the criteria they meet. A patent number that is there already breaks the whole batch. */
export async function insertInventions(tx: Tx, inventions: readonly NewInvention[]): Promise<number> {
  const identified = inventions.map((invention) => ({ ...invention, id: invention.id ?? randomUUID() }))
  const inserted = await insertAll(
    tx,
    'invention',
    identified.map((invention) => {
      const { criteria: _criteria, ...row } = invention
      return row
    }),
  )
  await insertAll(
    tx,
    'inventionCriterion',
    identified.flatMap(({ id, criteria }) =>
      criteria.map((criterion) => ({ ...criterion, inventionId: id })),
    ),
  )
  return inserted
}

export interface Population {
  readonly residents: number
  readonly countedOn: CalendarDate
  readonly version: string
  readonly publishedOn: CalendarDate
  readonly source: string
}

/** The latest count of residents published by a day, in its latest version of that day. */
export async function findPopulation(db: Db, on: CalendarDate): Promise<Population | undefined> {
  const { rows } = await sql<Population>`
    select residents, counted_on, version, published_on, source
    from resident_population
    where published_on <= ${on} and counted_on <= ${on}
    order by counted_on desc, published_on desc
    limit 1`.execute(db)
  return rows[0]
}
