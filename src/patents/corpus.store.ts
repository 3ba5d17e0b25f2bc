import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Analytics } from '#platform/analytics.ts'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/database.ts'
import { PatentRecord } from './record.rules.ts'
import { type PatentRow, patentRow } from './row.rules.ts'
import { lexicon } from './segmentation.ts'

/** A state of the whole corpus that can be asked for again. Zero is the empty one. */
export type DataVersion = number

/** The end of a row that nothing has replaced. */
const OPEN = 4_294_967_295
const tag = { tag: 'patents.corpus' }
/** Importing works on columns of the whole table and may take longer than a person would wait. */
const patient = { ...tag, limits: { seconds: 600, memoryBytes: 3 * 2 ** 30 } }

export interface Written {
  /** The version that shows what was written; the one before when nothing changed. */
  readonly version: DataVersion
  readonly inserted: number
  readonly updated: number
  readonly unchanged: number
}

/**
 * Stores whole records and returns once they are safe and visible; all of them or, when it throws, none. The last one of a
 * key counts. A record whose facts are those that stand already changes nothing, not even the version.
 */
export async function putRecords(
  { analytics, db }: Pick<Context, 'analytics' | 'db'>,
  records: readonly PatentRecord[],
): Promise<Written> {
  const latest = new Map(records.map((record) => [record.publicationNumber, record]))
  const keys = [...latest.keys()]
  // Segmenting is most of the work and needs no lock: the next batch is segmented while this one is being stored.
  const seen = await digestsOf(analytics, await currentVersion(analytics), keys)
  const rows = new Map<string, PatentRow>()
  const prepared = [...latest.values()].map((record) => ({ record, digest: digestOf(record) }))
  for (const { record, digest } of prepared)
    if (seen.get(record.publicationNumber) !== digest)
      rows.set(record.publicationNumber, patentRow(record, lexicon()))
  // One writer at a time: a version is a number, and what lies above the last one belongs to nobody.
  return inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('patents.corpus'))`.execute(tx)
    const head = await currentVersion(analytics)
    await takeBackUnfinished(analytics, head)
    const standing = await digestsOf(analytics, head, keys)
    const changed = prepared.filter(({ record, digest }) => standing.get(record.publicationNumber) !== digest)
    return writeVersion(
      analytics,
      head + 1,
      changed.map(({ record, digest }) => ({
        ...(rows.get(record.publicationNumber) ?? patentRow(record, lexicon())),
        record: packed(record),
        digest,
      })),
      { all: latest.size, ended: keys.filter((key) => standing.has(key)) },
    )
  })
}

async function writeVersion(
  analytics: Analytics,
  version: DataVersion,
  rows: readonly PatentRow[],
  { all, ended }: { readonly all: number; readonly ended: readonly string[] },
): Promise<Written> {
  const known = new Set(ended)
  const updated = rows.flatMap(({ publication_number: key }) => (known.has(key) ? [key] : []))
  const counts = {
    inserted: rows.length - updated.length,
    updated: updated.length,
    unchanged: all - rows.length,
  }
  if (rows.length === 0) return { version: version - 1, ...counts }
  await analytics.insert(
    'patent',
    rows.map((row) => ({ ...row, since: version, until: OPEN })),
    patient,
  )
  if (updated.length > 0) await endRows(analytics, updated, version)
  const { inserted } = counts
  await analytics.insert(
    'patent_version',
    [{ version, at: new Date(), inserted, updated: updated.length }],
    tag,
  )
  return { version, ...counts }
}

/** The version of everything that has been acknowledged. */
export async function currentVersion(analytics: Analytics): Promise<DataVersion> {
  const [row] = await analytics.query<{ version: number }>(
    'SELECT max(version) AS version FROM patent_version',
    {},
    tag,
  )
  return row?.version ?? 0
}

/** The records of these keys as they stand, whole; keys that nothing is known of are left out. */
export async function findRecords(
  analytics: Analytics,
  publicationNumbers: readonly string[],
  version?: DataVersion,
): Promise<PatentRecord[]> {
  if (publicationNumbers.length === 0) return []
  const rows = await analytics.query<{ record: string }>(
    `SELECT record FROM patent
     WHERE publication_number IN {keys:Array(String)} AND since <= {version:UInt32} AND until > {version:UInt32}`,
    { keys: publicationNumbers, version: version ?? (await currentVersion(analytics)) },
    patient,
  )
  return rows.map(({ record }) => unpacked(record))
}

async function digestsOf(analytics: Analytics, version: DataVersion, keys: readonly string[]) {
  const rows = await analytics.query<{ publication_number: string; digest: string }>(
    `SELECT publication_number, toString(digest) AS digest FROM patent
     WHERE publication_number IN {keys:Array(String)} AND since <= {version:UInt32} AND until > {version:UInt32}`,
    { keys, version },
    patient,
  )
  return new Map(rows.map(({ publication_number: key, digest }) => [key, digest]))
}

/** Of what is said, not of where it was read. */
function digestOf({ source: _source, ...facts }: PatentRecord): string {
  const hash = createHash('sha256').update(JSON.stringify(facts)).digest()
  return hash.readBigUInt64LE(0).toString()
}

/** A record as it is stored: what is empty or unknown is left out, as nine tenths of the form are in most files. */
function packed(record: PatentRecord): string {
  const said = Object.entries(record).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  )
  return JSON.stringify(Object.fromEntries(said))
}

/** The form puts back what was left out. */
export const unpacked = (record: string): PatentRecord => PatentRecord.parse(JSON.parse(record))

function endRows(analytics: Analytics, keys: readonly string[], version: DataVersion) {
  return analytics.command(
    `ALTER TABLE patent UPDATE until = {version:UInt32}
     WHERE publication_number IN {keys:Array(String)} AND since < {version:UInt32} AND until = ${OPEN}
     SETTINGS mutations_sync = 2`,
    { keys, version },
    patient,
  )
}

/** A writer that was killed between its rows and its version has left rows that no version shows, and ends ahead of time. */
async function takeBackUnfinished(analytics: Analytics, head: DataVersion) {
  const [left] = await analytics.query<{ begun: number; ended: number }>(
    `SELECT countIf(since > {head:UInt32}) AS begun, countIf(until > {head:UInt32} AND until < ${OPEN}) AS ended FROM patent`,
    { head },
    patient,
  )
  if (left !== undefined && left.begun > 0)
    await analytics.command(
      'ALTER TABLE patent DELETE WHERE since > {head:UInt32} SETTINGS mutations_sync = 2',
      { head },
      patient,
    )
  if (left !== undefined && left.ended > 0)
    await analytics.command(
      `ALTER TABLE patent UPDATE until = ${OPEN} WHERE until > {head:UInt32} AND until < ${OPEN} SETTINGS mutations_sync = 2`,
      { head },
      patient,
    )
}
