import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Analytics } from '#platform/analytics.ts'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/database.ts'
import type { PatentRecord } from './record.rules.ts'
import { digestsOf, packed, recordsAt } from './record.store.ts'
import { type PatentRow, patentRow } from './row.rules.ts'
import { lexicon } from './segmentation.ts'

/** A state of the whole corpus that can be asked for again. Zero is the empty one. */
export type DataVersion = number

/** Segmented in one go; then whatever else this process does has its turn. */
const ROWS_AT_A_TIME = 100

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
  const expected = await currentVersion(analytics)
  const seen = await digestsOf(analytics, expected, keys)
  const rows = new Map<string, PatentRow>()
  const prepared = [...latest.values()].map((record) => ({ record, digest: digestOf(record) }))
  for (const [at, { record, digest }] of prepared.entries()) {
    if (seen.get(record.publicationNumber) !== digest)
      rows.set(record.publicationNumber, patentRow(record, lexicon()))
    // The batch before this one is still being handed over by the same thread.
    if (at % ROWS_AT_A_TIME === ROWS_AT_A_TIME - 1) await setImmediate()
  }
  // One writer at a time: a version is a number, and what lies above the last one belongs to nobody.
  return inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('patents.corpus'))`.execute(tx)
    const head = await currentVersion(analytics)
    await takeBackUnfinished(analytics, head)
    const standing = head === expected ? seen : await digestsOf(analytics, head, keys)
    const changed = prepared.filter(({ record, digest }) => standing.get(record.publicationNumber) !== digest)
    return writeVersion(
      analytics,
      head + 1,
      changed.map(({ record, digest }) => ({
        row: rows.get(record.publicationNumber) ?? patentRow(record, lexicon()),
        record,
        digest,
      })),
      { all: latest.size, ended: keys.filter((key) => standing.has(key)) },
    )
  })
}

interface State {
  readonly row: PatentRow
  readonly record: PatentRecord
  readonly digest: string
}

async function writeVersion(
  analytics: Analytics,
  version: DataVersion,
  states: readonly State[],
  { all, ended }: { readonly all: number; readonly ended: readonly string[] },
): Promise<Written> {
  const known = new Set(ended)
  const updated = states.flatMap(({ record: { publicationNumber: key } }) => (known.has(key) ? [key] : []))
  const counts = {
    inserted: states.length - updated.length,
    updated: updated.length,
    unchanged: all - states.length,
  }
  if (states.length === 0) return { version: version - 1, ...counts }
  await Promise.all([
    analytics.insert(
      'patent',
      states.map(({ row, digest }) => ({ ...row, digest, since: version, until: OPEN })),
      patient,
    ),
    analytics.insert(
      'patent_record',
      states.map(({ record, digest }) => ({
        publication_number: record.publicationNumber,
        since: version,
        digest,
        record: packed(record),
      })),
      patient,
    ),
  ])
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
  return recordsAt(analytics, version ?? (await currentVersion(analytics)), publicationNumbers)
}

/** Of what is said, not of where it was read. */
function digestOf({ source: _source, ...facts }: PatentRecord): string {
  const hash = createHash('sha256').update(JSON.stringify(facts)).digest()
  return hash.readBigUInt64LE(0).toString()
}

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
  const [left] = await analytics.query<{ begun: number; recorded: number; ended: number }>(
    `SELECT countIf(since > {head:UInt32}) AS begun, countIf(until > {head:UInt32} AND until < ${OPEN}) AS ended,
       (SELECT count() FROM patent_record WHERE since > {head:UInt32}) AS recorded FROM patent`,
    { head },
    patient,
  )
  const { begun = 0, recorded = 0, ended = 0 } = left ?? {}
  const takeBack = [
    begun > 0 && 'ALTER TABLE patent DELETE WHERE since > {head:UInt32}',
    recorded > 0 && 'ALTER TABLE patent_record DELETE WHERE since > {head:UInt32}',
    ended > 0 && `ALTER TABLE patent UPDATE until = ${OPEN} WHERE until > {head:UInt32} AND until < ${OPEN}`,
  ].filter((statement) => statement !== false)
  for (const statement of takeBack)
    await analytics.command(`${statement} SETTINGS mutations_sync = 2`, { head }, patient)
}
