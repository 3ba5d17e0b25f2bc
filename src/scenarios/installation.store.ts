import type { Db, Tx } from '#platform/database.ts'

/** The scenario this installation was begun with; undefined while it is empty. */
export async function findScenario(db: Db): Promise<string | undefined> {
  const row = await db.selectFrom('installation').select('scenario').executeTakeFirst()
  return row?.scenario
}

export async function recordScenario(tx: Tx, scenario: string, loadedAt: Date): Promise<void> {
  await tx.insertInto('installation').values({ scenario, scenarioLoadedAt: loadedAt }).execute()
}
