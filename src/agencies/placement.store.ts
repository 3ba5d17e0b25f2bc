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
