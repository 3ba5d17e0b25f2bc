import type { CalendarDate } from '#platform/calendar.ts'
import type { Db, Tx } from '#platform/database.ts'
import type { StageRules } from '../zone/measure.rules.ts'
import type { PlacementRules } from '../zone/moving.rules.ts'
import type { PlacementFinding, PlacementInputs } from './placement.rules.ts'
import type { StageFacts } from './stage.rules.ts'

/** A placement advice with all that is needed to compute it again. */
export interface Advice {
  readonly inputs: PlacementInputs & { readonly facts: StageFacts }
  readonly rules: { readonly placement: PlacementRules; readonly stage: StageRules }
  readonly finding: PlacementFinding
}

export interface StoredAdvice extends Advice {
  readonly id: string
  readonly matterId: string
  readonly matterNumber: string
  readonly partyId: string
  readonly madeOn: CalendarDate
  readonly madeAt: Date
}

export async function insertAdvice(
  tx: Tx,
  { inputs, rules, finding, ...about }: Omit<StoredAdvice, 'id'>,
): Promise<string> {
  const { id } = await tx
    .insertInto('placementAdvice')
    .values({
      ...about,
      inputs: JSON.stringify(inputs),
      rules: JSON.stringify(rules),
      finding: JSON.stringify(finding),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The latest advice on a matter. */
export async function findAdvice(
  db: Db,
  by: { readonly matterId: string } | { readonly matterNumber: string },
): Promise<StoredAdvice | undefined> {
  const query = db.selectFrom('placementAdvice').selectAll().orderBy('madeAt', 'desc').orderBy('id', 'desc')
  const row = await (
    'matterId' in by
      ? query.where('matterId', '=', by.matterId)
      : query.where('matterNumber', '=', by.matterNumber)
  ).executeTakeFirst()
  // Written only by insertAdvice.
  return row as StoredAdvice | undefined
}

/** Where an applicant was placed. */
export interface PlacementChoice {
  readonly matterId: string
  readonly carrierCode: string
  readonly units: readonly string[]
  readonly followsAdvice: boolean
  readonly reason: string | null
  readonly chosenOn: CalendarDate
  readonly chosenAt: Date
}

/** The latest choice stands: an applicant may ask for another place. The audit entry of each step keeps the earlier ones. */
export async function saveChoice(tx: Tx, { units, ...choice }: PlacementChoice): Promise<void> {
  const values = { ...choice, units: [...units] }
  const { matterId: _matter, ...changed } = values
  await tx
    .insertInto('placementChoice')
    .values(values)
    .onConflict((conflict) => conflict.column('matterId').doUpdateSet(changed))
    .execute()
}

export async function findChoice(db: Db, matterId: string): Promise<PlacementChoice | undefined> {
  const row = await db
    .selectFrom('placementChoice')
    .selectAll()
    .where('matterId', '=', matterId)
    .executeTakeFirst()
  return row as PlacementChoice | undefined
}
