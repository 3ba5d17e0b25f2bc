import type { Db, Tx } from '#platform/database.ts'
import type { ZoneFiles, ZoneProblem } from './rules.ts'

/** What made a version run, or made a folder be looked at. */
export type Cause = 'start' | 'file-change' | 'reload'

/**
 * The version that runs now, and the folder it came from. Undefined before the first start. Rows go by their id, which
 * the database orders in time, since the clocks of processes may disagree.
 */
export function findRunning(db: Db) {
  return db
    .selectFrom('zoneActivation')
    .select(['id', 'zone', 'version', 'folder', 'activatedAt'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The files of a version, as they were. */
export async function findFiles(db: Db, version: string): Promise<ZoneFiles | undefined> {
  const row = await db
    .selectFrom('zoneVersion')
    .select('files')
    .where('version', '=', version)
    .executeTakeFirst()
  // Only `recordVersion` writes this column.
  return row?.files as ZoneFiles | undefined
}

/** Two processes that see the same change one after another make one activation of it. */
export async function lockActivation(tx: Tx): Promise<void> {
  await tx
    .selectNoFrom((make) => make.fn('pg_advisory_xact_lock', [make.val(advisoryKey)]).as('lock'))
    .execute()
}
const advisoryKey = 2024_11

/** Keeps the content of a version; a version that is known already stays as it is. */
export async function recordVersion(
  tx: Tx,
  { version, zone, files, now }: { version: string; zone: string; files: ZoneFiles; now: Date },
): Promise<void> {
  await tx
    .insertInto('zoneVersion')
    .values({ version, zone, files: JSON.stringify(files), firstLoadedAt: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export function activate(
  tx: Tx,
  activation: { zone: string; version: string; folder: string; cause: Cause; activatedAt: Date },
) {
  return tx.insertInto('zoneActivation').values(activation).returning('id').executeTakeFirstOrThrow()
}

export function recordRefusal(
  tx: Tx,
  {
    problems,
    ...refusal
  }: { folder: string; version: string; cause: Cause; problems: readonly ZoneProblem[]; refusedAt: Date },
) {
  return tx
    .insertInto('zoneRefusal')
    .values({ ...refusal, problems: JSON.stringify(problems) })
    .returning('id')
    .executeTakeFirstOrThrow()
}

export function findLastRefusal(db: Db) {
  return db
    .selectFrom('zoneRefusal')
    .select(['id', 'folder', 'version', 'cause', 'problems', 'refusedAt'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Activations, the latest first. */
export function listActivations(db: Db, limit: number) {
  return db
    .selectFrom('zoneActivation')
    .select(['id', 'zone', 'version', 'cause', 'activatedAt'])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
