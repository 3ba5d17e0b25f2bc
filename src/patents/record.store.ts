import type { Analytics } from '#platform/analytics.ts'
import { ALONE, type Condition } from './condition.store.ts'
import type { DataVersion } from './corpus.store.ts'
import { PatentRecord } from './record.rules.ts'

/** One state of a document: its number, and the data version that state began with. */
export interface StateKey {
  readonly key: string
  readonly since: DataVersion
}

const call = { tag: 'patents.record', limits: { seconds: 600, memoryBytes: 2 ** 31 } }

/** The records of these states, in their order. */
export async function recordsOfStates(
  analytics: Analytics,
  states: readonly StateKey[],
): Promise<PatentRecord[]> {
  if (states.length === 0) return []
  const rows = await analytics.query<{ key: string; record: string }>(
    `SELECT publication_number AS key, record FROM patent_record
     WHERE (publication_number, since) IN arrayZip({keys:Array(String)}, {sinces:Array(UInt32)}) ${ALONE}`,
    { keys: states.map(({ key }) => key), sinces: states.map(({ since }) => since) },
    call,
  )
  const records = new Map(rows.map(({ key, record }) => [key, record]))
  return states.flatMap(({ key }) => {
    const record = records.get(key)
    return record === undefined ? [] : [unpacked(record)]
  })
}

/** The records of those rows of `patent` that a query (`SELECT publication_number, since FROM patent …`) names, in no order. */
export async function recordsOfRows(
  analytics: Analytics,
  { sql, parameters }: Condition,
  options: Parameters<Analytics['query']>[2],
): Promise<PatentRecord[]> {
  const rows = await analytics.query<{ record: string }>(
    `SELECT record FROM patent_record WHERE (publication_number, since) IN (${sql}) ${ALONE}`,
    parameters,
    options,
  )
  return rows.map(({ record }) => unpacked(record))
}

/** The records that stood at a version under these numbers, in no order; numbers that nothing is known of are left out. */
export async function recordsAt(
  analytics: Analytics,
  version: DataVersion,
  keys: readonly string[],
): Promise<PatentRecord[]> {
  if (keys.length === 0) return []
  const rows = await analytics.query<{ record: string }>(
    `SELECT record FROM patent_record WHERE publication_number IN {keys:Array(String)} AND since <= {version:UInt32}
     ORDER BY since DESC LIMIT 1 BY publication_number`,
    { keys, version },
    call,
  )
  return rows.map(({ record }) => unpacked(record))
}

/** What stood at a version under these numbers, as a hash of what it says; numbers that nothing is known of are left out. */
export async function digestsOf(
  analytics: Analytics,
  version: DataVersion,
  keys: readonly string[],
): Promise<Map<string, string>> {
  const rows = await analytics.query<{ key: string; digest: string }>(
    `SELECT publication_number AS key, toString(digest) AS digest FROM patent_record
     WHERE publication_number IN {keys:Array(String)} AND since <= {version:UInt32}
     ORDER BY since DESC LIMIT 1 BY publication_number`,
    { keys, version },
    call,
  )
  return new Map(rows.map(({ key, digest }) => [key, digest]))
}

/** A record as it is stored: what is empty or unknown is left out, as nine tenths of the form are in most files. */
export function packed(record: PatentRecord): string {
  const said = Object.entries(record).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  )
  return JSON.stringify(Object.fromEntries(said))
}

/** The form puts back what was left out. */
const unpacked = (record: string): PatentRecord => PatentRecord.parse(JSON.parse(record))
