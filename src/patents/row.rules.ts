/** From a record in its normal form to the row that is searched. Pure. */
import { provinceOf } from './provinces.rules.ts'
import type { PatentRecord } from './record.rules.ts'
import { fieldsOf } from './technology-fields.rules.ts'
import { addTokens, FIELD_MARK, normalised, type Lexicon } from './text.rules.ts'

/** Enough of any document to find it by; whole descriptions in claims would crowd out everything else. */
const LONGEST_TEXT = 100_000

/** A row of `patent` without its versions. */
export interface PatentRow {
  readonly publication_number: string
  readonly search_text: string
  readonly title_tokens: string
  readonly tokens: string
  readonly marks: string
  readonly [column: string]: unknown
}

export function patentRow(record: PatentRecord, lexicon: Lexicon): PatentRow {
  const { applicants, owners } = record
  return {
    publication_number: record.publicationNumber,
    keyed_by: record.keyedBy,
    application_number: record.applicationNumber,
    number_state: record.numberState,
    application_key: record.applicationKey ?? '',
    office: record.office,
    kind: record.kind,
    right: record.right,
    stage: record.stage,
    legal_status: record.legalStatus,
    legal_status_on: record.legalStatusOn,
    title: titleOf(record),
    title_en: record.titles['en'] ?? '',
    filed_on: record.filedOn,
    published_on: record.publishedOn,
    granted_on: record.grantedOn,
    applicants: applicants.map(({ name }) => name),
    applicant_countries: [...new Set(applicants.flatMap(({ country }) => country ?? []))],
    owners: owners.map(({ name }) => name),
    inventors: record.inventors,
    agency: record.agency?.name ?? '',
    agency_code: record.agency?.code ?? '',
    attorneys: record.attorneys,
    address: record.address ?? '',
    postcode: record.postcode ?? '',
    main_ipc: record.mainIpc ?? record.ipc[0] ?? '',
    ipc: record.ipc,
    cpc: record.cpc,
    locarno: record.locarno,
    family_id: record.familyId ?? '',
    times_cited: record.timesCited,
    fields: fieldsOf([...record.ipc, ...(record.mainIpc === null ? [] : [record.mainIpc])]),
    province: provinceOf(record.address),
    ...searchable(record, lexicon),
  }
}

/** In Chinese where there is one, else in English, else in whatever language there is. */
export function titleOf({ titles }: Pick<PatentRecord, 'titles'>): string {
  return titles['zh'] ?? titles['en'] ?? Object.values(titles)[0] ?? ''
}

function searchable(record: PatentRecord, lexicon: Lexicon) {
  const fields = searchFields(record)
  const titleTokens = new Set<string>()
  addTokens(titleTokens, fields[0] ?? '', lexicon, true)
  const tokens = new Set<string>()
  for (const field of fields) addTokens(tokens, field, lexicon)
  return {
    search_text: fields.join(FIELD_MARK),
    title_tokens: [...titleTokens].join(' '),
    title_length: Math.min(titleTokens.size, 65_535),
    tokens: [...tokens].join(' '),
    marks: marksOf(record, lexicon),
  }
}

/** Titles, abstracts, claims and names, normalised; within a field what must not run together stands on lines of its own. */
export function searchFields(record: PatentRecord): string[] {
  const { titles, abstracts, claims, applicants, owners, inventors, agency, attorneys } = record
  const names = [...applicants, ...owners].map(({ name }) => name)
  return [
    Object.values(titles),
    Object.values(abstracts),
    claims?.texts ?? [],
    [...new Set([...names, ...inventors, ...attorneys, agency?.name ?? ''])],
  ].map((parts) => parts.map(normalised).join('\n').slice(0, LONGEST_TEXT))
}

/** The fields of marks; `pa:` and the like hold parts of a name, `pa=` the whole of it. */
export const NAME_FIELDS = ['pa', 'ow', 'in', 'ag', 'at'] as const
export type NameField = (typeof NAME_FIELDS)[number]

function marksOf(record: PatentRecord, lexicon: Lexicon): string {
  const marks = new Set<string>()
  const whole = (field: string, values: readonly (string | null | undefined)[]) => {
    for (const value of values)
      if (value !== null && value !== undefined && value !== '') marks.add(mark(field, value))
  }
  const named: Record<NameField, readonly string[]> = {
    pa: record.applicants.map(({ name }) => name),
    ow: (record.owners.length > 0 ? record.owners : record.applicants).map(({ name }) => name),
    in: record.inventors,
    ag: [record.agency?.name ?? ''],
    at: record.attorneys,
  }
  for (const field of NAME_FIELDS) {
    whole(field, named[field])
    const parts = new Set<string>()
    for (const name of named[field]) addTokens(parts, normalised(name), lexicon, true)
    for (const part of parts) marks.add(markPart(field, part))
  }
  const { publicationNumber } = record
  whole('pn', [publicationNumber, publicationNumber.replace(/[A-Z]\d?$/, ''), bare(publicationNumber)])
  whole('an', numbersOf(record.applicationNumber))
  whole('key', [record.applicationKey])
  whole(
    'pr',
    record.priorities.flatMap(({ number }) => numbersOf(number)),
  )
  whole('fam', [record.familyId])
  whole('agc', [record.agency?.code])
  whole('loc', record.locarno)
  whole('ipc', [...record.ipc, record.mainIpc ?? ''].flatMap(classLevels))
  whole('cpc', record.cpc.flatMap(classLevels))
  whole('mipc', classLevels(record.mainIpc ?? record.ipc[0] ?? ''))
  whole(
    'cc',
    record.applicants.map(({ country }) => country),
  )
  whole('oc', [record.office])
  whole('kind', [record.kind])
  whole('right', [record.right])
  whole('stage', [record.stage])
  whole('status', [record.legalStatus])
  return [...marks].join(' ')
}

/**
 * One term of `marks`: a field and a whole value, without the spaces that would part it, and its signs in full width, so that
 * every way of parting a text into tokens leaves it whole.
 */
export function mark(field: string, value: string): string {
  return `${field}＝${wide(normalised(value).replaceAll(/\s/g, ''))}`
}

/** One term of `marks` for a part of a name: a token, which has no signs. */
export const markPart = (field: string, part: string): string => `${field}：${part}`

const wide = (term: string) =>
  term.replaceAll(/[!-/:-@[-`{-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))

/** Everything of a number but its office, its kind and its punctuation: `113722616` of `CN113722616A`. */
function bare(number: string): string {
  return /\d{4,}/.exec(number)?.[0] ?? number
}

/** An application number as people write it: whole, without its office, without its check digit. */
function numbersOf(number: string): string[] {
  const plain = number.replaceAll(/[\s-]/g, '')
  const body = plain.replace(/^(?:CN|ZL)/i, '')
  return [plain, body, body.replace(/\.[\dX]$/i, ''), body.replace('.', '')]
}

/** `H01M10/0525` is found by H, H01, H01M, H01M10, H01M10/0525. */
export function classLevels(code: string): string[] {
  const parts = /^([A-HY])(\d\d)?([A-Z])?(\d{1,4})?(?:\/(\d{1,6}))?/.exec(code)
  if (parts === null) return code === '' ? [] : [code]
  const [, section = '', cls = '', subclass = '', group = '', subgroup = ''] = parts
  const levels = [section]
  if (cls !== '') levels.push(section + cls)
  if (subclass !== '') levels.push(section + cls + subclass)
  if (group !== '') levels.push(section + cls + subclass + group)
  if (subgroup !== '') levels.push(`${section}${cls}${subclass}${group}/${subgroup}`)
  return levels
}
