import type { Actor } from '#platform/access.ts'
import { todayIn } from '#platform/calendar.ts'
import { type Db, inAuditedTransaction, type Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { listUnitsHeld } from './lease.store.ts'
import { readZoneFolder, UnreadableZone, versionOf, type ZoneFolder } from './loader.ts'
import { findUnit } from './occupancy.rules.ts'
import { parseProfile, type ZoneProblem, type ZoneProfile } from './rules.ts'
import {
  activate,
  type Cause,
  findRunning,
  lockActivation,
  recordRefusal,
  recordVersion,
} from './version.store.ts'
import { openAreas } from './zoning.store.ts'

/** Who looks at the folder, when, and why. */
export interface Occasion {
  readonly cause: Cause
  readonly actor: Actor
  readonly requestId: string
  readonly now: Date
}

export type Outcome =
  | { kind: 'activated'; profile: ZoneProfile; before: string | null }
  | { kind: 'unchanged'; profile: ZoneProfile }
  | { kind: 'refused'; version: string; problems: ZoneProblem[] }

/**
 * Takes a zone folder into force. A folder that is not in order changes nothing and leaves a record of what is wrong
 * with it; the same content as the running version changes nothing at all.
 */
export async function takeFolder(db: Db, folder: string, occasion: Occasion): Promise<Outcome> {
  const content = await readZoneFolder(folder).catch(unreadable)
  if (content instanceof UnreadableZone) {
    const problem = { file: '.', field: '$', rule: 'folder/unreadable', message: content.message }
    return refuse(db, folder, versionOf({}), [problem], occasion)
  }
  const parsed = parseProfile(content.files, content.version)
  const problems =
    'problems' in parsed ? parsed.problems : await findStranded(db, parsed.profile, occasion.now)
  if ('problems' in parsed || problems.length > 0)
    return refuse(db, folder, content.version, problems, occasion)
  const { profile } = parsed
  const running = await findRunning(db)
  if (running?.version === profile.version && running.folder === folder) return { kind: 'unchanged', profile }
  return inAuditedTransaction(db, (tx) => bringIntoForce(tx, folder, content, profile, occasion))
}

function unreadable(error: unknown): UnreadableZone {
  if (error instanceof UnreadableZone) return error
  throw error
}

async function bringIntoForce(
  tx: Tx,
  folder: string,
  { files, version }: ZoneFolder,
  profile: ZoneProfile,
  { cause, actor, requestId, now }: Occasion,
): Promise<Outcome> {
  await lockActivation(tx)
  const running = await findRunning(tx)
  await recordVersion(tx, { version, zone: profile.id, files, now })
  const { id } = await activate(tx, { zone: profile.id, version, folder, cause, activatedAt: now })
  const opened = await openAreas(tx, profile.id, profile.spaces.areas)
  const context = { actor, requestId, now, today: todayIn(profile.timeZone, now) }
  await recordAudit(tx, context, {
    action: 'zone.activated',
    subject: { kind: 'zone', id: profile.id },
    detail: { version, before: running?.version ?? null, cause },
    seals: [
      { table: 'zone_version', id: version },
      { table: 'zone_activation', id },
      ...opened.map((area) => ({ table: 'zoning_area', id: area })),
    ],
  })
  return { kind: 'activated', profile, before: running?.version ?? null }
}

async function refuse(
  db: Db,
  folder: string,
  version: string,
  problems: ZoneProblem[],
  { cause, actor, requestId, now }: Occasion,
): Promise<Outcome> {
  await inAuditedTransaction(db, async (tx) => {
    const { id } = await recordRefusal(tx, { folder, version, cause, problems, refusedAt: now })
    // A refused folder may not even name its time zone, so the day of the entry is that of UTC.
    await recordAudit(
      tx,
      { actor, requestId, now, today: todayIn('UTC', now) },
      {
        action: 'zone.refused',
        subject: { kind: 'zone-version', id: version },
        detail: { cause, problems: problems.length },
        seals: [{ table: 'zone_refusal', id }],
      },
    )
  })
  return { kind: 'refused', version, problems }
}

/** Units under lease that the profile no longer has. */
async function findStranded(db: Db, profile: ZoneProfile, now: Date): Promise<ZoneProblem[]> {
  const held = await listUnitsHeld(db, profile.id, todayIn(profile.timeZone, now))
  return held
    .filter((unit) => findUnit(profile.spaces, unit) === undefined)
    .map((unit) => ({
      file: 'spaces.json',
      field: '$.buildings',
      rule: 'space/leased',
      message: `the unit “${unit}” is under lease and cannot leave the inventory`,
    }))
}
