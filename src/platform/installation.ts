import type { Db, Tx } from './database.ts'

/** The scenario this installation was begun with; undefined while it is empty. */
export async function findScenario(db: Db): Promise<string | undefined> {
  const row = await db.selectFrom('installation').select('scenario').executeTakeFirst()
  return row?.scenario
}

export async function recordScenario(tx: Tx, scenario: string, loadedAt: Date): Promise<void> {
  await tx.insertInto('installation').values({ scenario, scenarioLoadedAt: loadedAt }).execute()
}

/** Whether what this installation holds was generated: pages say so, and so must every document that leaves it. */
export async function isSynthetic(db: Db): Promise<boolean> {
  const scenario = await findScenario(db)
  return scenario !== undefined && scenario !== 'none'
}
