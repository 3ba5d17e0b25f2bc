import type { Analytics } from '#platform/analytics.ts'
import { ALONE, hasAny, numberMarks, visibleAt } from './condition.store.ts'
import type { DataVersion } from './corpus.store.ts'
import type { PatentRecord } from './record.rules.ts'
import { recordsOfRows } from './record.store.ts'
import { mark, titleOf } from './row.rules.ts'
import { readTerm } from './segmentation.ts'
import { normalised } from './text.rules.ts'
import { weighTokens } from './weight.store.ts'

const call = (part: string) => ({ tag: `patents.document.${part}`, limits: { seconds: 10 } })

/** One document by its number as people write it: with or without its kind, with spaces, or by its application. */
export async function findDocument(
  analytics: Analytics,
  version: DataVersion,
  number: string,
): Promise<PatentRecord | undefined> {
  const visible = visibleAt(version)
  const marks = numberMarks(['pn', 'key', 'an'], number, true)
  const [record] = await recordsOfRows(
    analytics,
    {
      sql: `SELECT publication_number, since FROM patent WHERE ${hasAny('marks', '{marks:Array(String)}')} AND ${visible.sql}
        ORDER BY publication_number = {number:String} DESC, published_on DESC, publication_number LIMIT 1`,
      parameters: { ...visible.parameters, marks, number },
    },
    call('document'),
  )
  return record
}

export interface Relative {
  readonly publicationNumber: string
  readonly title: string
  readonly stage: string
  readonly filedOn: string | null
  readonly publishedOn: string | null
  readonly legalStatus: string
  readonly relation: 'application' | 'family' | 'cited' | 'citing'
}

/** The other documents here of the same application and family, and those that it cites. */
export async function findRelatives(
  analytics: Analytics,
  version: DataVersion,
  record: PatentRecord,
): Promise<Relative[]> {
  const visible = visibleAt(version)
  const cited = record.citations.flatMap(({ number }) => number ?? [])
  const marks = [
    ...(record.applicationKey === null ? [] : [mark('key', record.applicationKey)]),
    ...(record.familyId === null ? [] : [mark('fam', record.familyId)]),
    ...[...record.family, ...cited].slice(0, 200).map((number) => mark('pn', number)),
  ]
  if (marks.length === 0) return []
  return analytics.query<Relative>(
    `SELECT publication_number AS publicationNumber, title, stage, filed_on AS filedOn, published_on AS publishedOn,
       legal_status AS legalStatus,
       multiIf(application_key != '' AND application_key = {key:String}, 'application',
         has({cited:Array(String)}, publication_number), 'cited', 'family') AS relation
     FROM patent WHERE ${hasAny('marks', '{marks:Array(String)}')} AND publication_number != {own:String} AND ${visible.sql}
     ORDER BY relation, published_on, publication_number LIMIT 200 ${ALONE}`,
    { ...visible.parameters, marks, cited, key: record.applicationKey ?? '', own: record.publicationNumber },
    call('relatives'),
  )
}

/** Enough of a document to be compared: the terms of its title that few others have. */
export async function findSimilar(analytics: Analytics, version: DataVersion, record: PatentRecord) {
  const visible = visibleAt(version)
  const title = normalised(titleOf(record))
  const tokens = [
    ...new Set(readTerm(title).flatMap((piece) => (piece.text.length > 1 ? piece.tokens : []))),
  ].slice(0, 16)
  if (tokens.length === 0) return []
  const rare = (await weighTokens(analytics, version, tokens)).toSorted(
    (one, other) => other.weight - one.weight,
  )
  return analytics.query<{
    publicationNumber: string
    title: string
    filedOn: string | null
    shared: string[]
  }>(
    `SELECT publication_number AS publicationNumber, title, filed_on AS filedOn,
       arrayFilter(token -> has(splitByChar(' ', title_tokens), token), {tokens:Array(String)}) AS shared,
       arraySum((token, weight) -> if(has(splitByChar(' ', title_tokens), token), weight, 0), {tokens:Array(String)}, {weights:Array(UInt32)}) AS score
     FROM patent
     WHERE ${hasAny('title_tokens', '{rare:Array(String)}')} AND publication_number != {own:String} AND ${visible.sql}
       AND (application_key = '' OR application_key != {key:String})
     ORDER BY score DESC, title_length, publication_number LIMIT 8 ${ALONE}`,
    {
      ...visible.parameters,
      tokens: rare.map(({ token }) => token),
      weights: rare.map(({ weight }) => weight),
      rare: rare.slice(0, 4).map(({ token }) => token),
      own: record.publicationNumber,
      key: record.applicationKey ?? '',
    },
    call('similar'),
  )
}
