/** One row of a table of patents into its normal form, by the mapping of its columns. */
import type { RefusedField } from '#platform/import-report.ts'
import { locarnoClass, symbol, symbolList } from './classes.rules.ts'
import { dayIn, type DayOrder } from './days.rules.ts'
import { fieldOf, type FieldName } from './fields.rules.ts'
import type { Mapping, SampleRow } from './mapping.rules.ts'
import { agencyIn, hasStrayMarks, isBlank, namesIn, partiesIn, postalAddress } from './names.rules.ts'
import { applicationNumber, documentNumber, type DocumentNumber } from './numbers.rules.ts'
import { emptyDraft, type PatentDraft, type Priority, type Right } from './record.rules.ts'
import { factsOf } from './sheet-facts.rules.ts'
import { settledStatus, statusInWords } from './status.rules.ts'

/** What was noticed in a cell that was taken all the same. */
export type Note = (code: RowNote, field: FieldName) => void
export type RowNote =
  | 'number-destroyed'
  | 'check-digit-fails'
  | 'number-malformed'
  | 'stray-question-marks'
  | 'postcode-in-address'
  | 'locarno-in-ipc'
  | 'class-not-read'
  | 'published-before-filed'
  | 'status-not-known'
  | 'inventor-withheld'

export interface ReadingOptions {
  readonly mapping: Mapping
  /** The order of days in columns where the year does not come first. */
  readonly orders: Readonly<Record<string, DayOrder>>
  readonly note: Note
}

export type Drafted = { readonly drafts: readonly PatentDraft[] } | { readonly refused: RefusedField }

/** A refusal on its way to whoever accounts for the row. */
export class Refused extends Error {
  readonly field: RefusedField
  constructor(field: RefusedField) {
    super(field.reason)
    this.field = field
  }
}

/** The values of one row by field, blanks left out. */
export class Cells {
  readonly #cells: SampleRow
  readonly #columns: ReadonlyMap<FieldName, string>
  readonly #options: ReadingOptions

  constructor(cells: SampleRow, columns: ReadonlyMap<FieldName, string>, options: ReadingOptions) {
    this.#cells = cells
    this.#columns = columns
    this.#options = options
  }

  text(field: FieldName): string {
    const column = this.#columns.get(field)
    const value = column === undefined ? '' : (this.#cells[column] ?? '').trim()
    return isBlank(value) ? '' : value
  }

  /** Refuses the row where the cell holds something that is no day. */
  day(field: FieldName): string | null {
    const value = this.text(field)
    if (value === '' || /^0000|^1900-01-0|^9999/.test(value)) return null
    const day = dayIn(value, this.#options.orders[this.#columns.get(field) ?? ''])
    if (day === undefined) throw new Refused({ ...this.cell(field), reason: 'not-a-day' })
    return day
  }

  /** The column as the file calls it, with what stands there, for a refusal. */
  cell(field: FieldName): { field: string; value: string } {
    return { field: this.#columns.get(field) ?? fieldOf(field).zh, value: this.text(field) }
  }

  note(code: RowNote, field: FieldName): void {
    this.#options.note(code, field)
  }
}

/** The fields of a mapping with their columns, to be made once for all rows. */
export const columnsOf = (mapping: Mapping): ReadonlyMap<FieldName, string> =>
  new Map(
    Object.entries(mapping).flatMap(([column, field]) => (field === null ? [] : [[field, column] as const])),
  )

/** The record of a row, or why it is none: a row that names neither document nor application is about nothing. */
export function draftOfRow(cells: Cells): Drafted {
  try {
    return { drafts: [draftOf(cells)] }
  } catch (error) {
    if (error instanceof Refused) return { refused: error.field }
    throw error
  }
}

function draftOf(cells: Cells): PatentDraft {
  const filedOn = cells.day('filedOn')
  const document = documentOf(cells)
  const application = applicationOf(cells, filedOn, document?.office)
  const right = rightOf(cells, document, application.right)
  const key = document?.publicationNumber ?? application.applicationKey
  if (key === null) throw noNumber(cells, application.numberState)
  const identity = emptyDraft({ publicationNumber: key, office: document?.office ?? key.slice(0, 2) })
  const { right: _right, ...number } = application
  const publishedOn = cells.day('publishedOn')
  const stage = document?.stage ?? 'unknown'
  const grantedOn = cells.day('grantedOn') ?? (stage === 'grant' ? publishedOn : null)
  if (filedOn !== null && publishedOn !== null && publishedOn < filedOn)
    cells.note('published-before-filed', 'publishedOn')
  return settledStatus({
    ...identity,
    ...number,
    ...(document === undefined ? { keyedBy: 'application' as const } : { kind: document.kind }),
    right,
    stage,
    filedOn,
    publishedOn,
    grantedOn,
    ...textsOf(cells, identity.office),
    ...peopleOf(cells),
    ...classesOf(cells, right),
    ...relationsOf(cells),
    ...statusOf(cells),
    ...factsOf(cells),
  })
}

function noNumber(cells: Cells, state: PatentDraft['numberState']): Refused {
  if (state === 'destroyed')
    return new Refused({ ...cells.cell('applicationNumber'), reason: 'excel-number' })
  if (state === 'checkDigitFails') return new Refused({ ...cells.cell('applicationNumber'), reason: 'check' })
  if (state === 'malformed')
    return new Refused({ ...cells.cell('applicationNumber'), reason: 'not-an-application-number' })
  return new Refused({ reason: 'no-number' })
}

function documentOf(cells: Cells): DocumentNumber | undefined {
  const office = officeIn(cells.text('office'))
  const options = { kind: cells.text('kind'), ...(office !== undefined && { office }) }
  const given = cells.text('publicationNumber')
  if (given !== '') {
    const read = documentNumber(given, options)
    if (read === undefined)
      throw new Refused({ ...cells.cell('publicationNumber'), reason: 'not-a-publication-number' })
    return read
  }
  // 专利号 is that of the application in China, unless it has a kind, and that of the document everywhere else.
  const patent = cells.text('patentNumber')
  const read = patent === '' ? undefined : documentNumber(patent, options)
  return read?.office === 'CN' && read.kind === '' ? undefined : read
}

function officeIn(text: string): string | undefined {
  if (/^[A-Z]{2}$/i.test(text)) return text.toUpperCase()
  return text.startsWith('中国') ? 'CN' : undefined
}

function applicationOf(cells: Cells, filedOn: string | null, office: string | undefined) {
  const given = cells.text('applicationNumber')
  const field = given === '' ? 'patentNumber' : 'applicationNumber'
  const filedYear = filedOn === null ? undefined : Number(filedOn.slice(0, 4))
  const text = given === '' && office !== undefined && office !== 'CN' ? '' : cells.text(field)
  const read = applicationNumber(text, { office: office ?? officeIn(cells.text('office')), filedYear })
  if (read.numberState === 'destroyed') cells.note('number-destroyed', field)
  else if (read.numberState === 'checkDigitFails') cells.note('check-digit-fails', field)
  else if (read.numberState === 'malformed') cells.note('number-malformed', field)
  return read
}

const RIGHTS: readonly (readonly [RegExp, Right])[] = [
  [/实用新型|utility.model/i, 'utility-model'],
  [/外观|design/i, 'design'],
  [/植物|plant/i, 'plant'],
  [/发明|invention|utility|patent/i, 'invention'],
]

function rightOf(cells: Cells, document: DocumentNumber | undefined, ofNumber: Right | undefined): Right {
  if (document !== undefined && document.right !== 'other') return document.right
  const words = cells.text('right')
  return ofNumber ?? RIGHTS.find(([pattern]) => pattern.test(words))?.[1] ?? document?.right ?? 'other'
}

const han = /\p{Script=Han}/u
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u

/** The language of a text: the office does not tell, since exporters translate. */
export function languageOf(text: string, office: string): string {
  if (kana.test(text)) return 'ja'
  if (han.test(text)) return office === 'JP' ? 'ja' : 'zh'
  return ['US', 'GB', 'AU', 'CN', 'WO', 'EP', 'CA', 'IN'].includes(office) ? 'en' : 'und'
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
/** Hard line breaks stand inside Chinese sentences, where no space belongs. */
const unbroken = (text: string) =>
  oneLine(text.replace(/(?<=\p{Script=Han})\s*\n\s*(?=\p{Script=Han})/gu, ''))

function textsOf(cells: Cells, office: string): Pick<PatentDraft, 'titles' | 'abstracts' | 'claims'> {
  const inLanguages = (own: string, english: string): Record<string, string> => ({
    ...(english === '' ? {} : { en: unbroken(english) }),
    ...(own === '' ? {} : { [languageOf(own, office)]: unbroken(own) }),
  })
  const all = cells.text('claims')
  const claim = all === '' ? cells.text('firstClaim') : all
  return {
    titles: inLanguages(cells.text('title'), cells.text('titleEn')),
    abstracts: inLanguages(cells.text('abstract'), cells.text('abstractEn')),
    claims:
      claim === ''
        ? null
        : {
            language: languageOf(claim, office),
            complete: all !== '',
            texts: all === '' ? [unbroken(claim)] : claimsIn(all),
          },
  }
}

/** Numbered claims of one cell apart: `1. …\n2. …`. */
function claimsIn(text: string): string[] {
  const parts = text
    .split(/\n+(?=\s*\d{1,3}\s*[.、．])/)
    .map(unbroken)
    .filter((part) => part !== '')
  return parts.length === 0 ? [unbroken(text)] : parts
}

function peopleOf(cells: Cells) {
  const given = cells.text('address')
  const { postcode, address } = postalAddress(given)
  if (postcode !== null && /^\d{6}\S/.test(given)) cells.note('postcode-in-address', 'address')
  for (const field of ['applicants', 'inventors'] as const)
    if (hasStrayMarks(cells.text(field))) cells.note('stray-question-marks', field)
  const inventors = cells.text('inventors')
  if (/不公告/.test(inventors)) cells.note('inventor-withheld', 'inventors')
  const country = officeIn(cells.text('country')) ?? null
  const applicants = partiesIn(cells.text('applicants'), address).map((party) => ({
    ...party,
    country: party.country ?? country,
  }))
  return {
    applicants,
    owners: partiesIn(cells.text('owners')),
    inventors: namesIn(inventors, { people: true }),
    agency: agencyIn(cells.text('agency')),
    attorneys: namesIn(cells.text('attorneys'), { people: true }),
    address: address?.slice(0, 1000) ?? null,
    postcode,
  }
}

function classesOf(cells: Cells, right: Right): Pick<PatentDraft, 'mainIpc' | 'ipc' | 'cpc' | 'locarno'> {
  const given = cells.text('ipc')
  const main = cells.text('mainIpc')
  if (/[?？]{2}/.test(given)) cells.note('stray-question-marks', 'ipc')
  const cpc = symbolList(cells.text('cpc'))
  const locarno = symbolList(cells.text('locarno'), locarnoClass)
  if (right === 'design') {
    const misplaced = symbolList([main, given].join(';'), locarnoClass)
    if (misplaced.codes.length > 0) cells.note('locarno-in-ipc', 'ipc')
    if (misplaced.unread.length > 0) cells.note('class-not-read', 'ipc')
    return {
      mainIpc: null,
      ipc: [],
      cpc: cpc.codes,
      locarno: [...new Set([...locarno.codes, ...misplaced.codes])],
    }
  }
  const { codes, unread } = symbolList(given.replace(/(?<=[A-H]\d{2}[A-Z])\|(?=[A-H]\d{2}[A-Z])/g, ';'))
  if (unread.length + cpc.unread.length > 0) cells.note('class-not-read', 'ipc')
  const first = main === '' ? codes[0] : symbol(main.split(/[;；|]/, 1)[0] ?? '')
  const ipc = first === undefined || codes.includes(first) ? codes : [first, ...codes]
  return { mainIpc: first ?? null, ipc, cpc: cpc.codes, locarno: locarno.codes }
}

const documents = (text: string) =>
  namesIn(text).map((one) => documentNumber(one)?.publicationNumber ?? one.slice(0, 40))

function relationsOf(cells: Cells) {
  const [pctApplication, pctPublication] = [cells.text('pctApplication'), cells.text('pctPublication')]
  const nationalPhaseOn = cells.day('nationalPhaseOn')
  const some = pctApplication !== '' || pctPublication !== '' || nationalPhaseOn !== null
  const cited = Number(cells.text('timesCited') || Number.NaN)
  return {
    priorities: prioritiesIn(cells.text('priorities'), cells.day('priorityOn')),
    international: some
      ? {
          applicationNumber: pctApplication || null,
          publicationNumber: pctPublication || null,
          nationalPhaseOn,
        }
      : null,
    divisionOf: cells.text('divisionOf').slice(0, 60) || null,
    familyId: cells.text('familyId').slice(0, 60) || null,
    family: documents(cells.text('family')),
    citations: namesIn(cells.text('citations')).map((one) => {
      const number =
        documentNumber(one.replace(/\s*\d{4}[.-]\d{2}[.-]\d{2}.*$/, ''))?.publicationNumber ?? null
      return { number, text: number === null ? one : null, by: null }
    }),
    timesCited: Number.isInteger(cited) && cited >= 0 ? cited : null,
  }
}

/** `US 201161550506 P 20111024;;…`, `[200402236U 2004-10-01T23:59:59.000Z ES, …]`, `2011.10.24 US 61/550,506`. */
export function prioritiesIn(text: string, on: string | null): Priority[] {
  const listed = /^\[.*\]$/s.test(text) ? text.slice(1, -1).split(/,\s+/) : text.split(/[;；|\n]+/)
  return listed.flatMap((part) => {
    const words = part.trim().split(/\s+/)
    const days = words.flatMap((word) => dayIn(word.replace(/T.*$/, '')) ?? [])
    const office =
      words.find((word) => /^[A-Z]{2}$/.test(word)) ?? /^([A-Z]{2})\d/.exec(words[0] ?? '')?.[1] ?? null
    const number = words.find((word) => /\d/.test(word) && dayIn(word.replace(/T.*$/, '')) === undefined)
    return number === undefined ? [] : [{ office, number: number.slice(0, 60), on: days[0] ?? on }]
  })
}

function statusOf(cells: Cells): Pick<PatentDraft, 'legalStatus' | 'legalStatusOn'> {
  const words = cells.text('legalStatus')
  const legalStatusOn = cells.day('legalStatusOn')
  const legalStatus = statusInWords(words)
  if (words !== '' && legalStatus === undefined) cells.note('status-not-known', 'legalStatus')
  return {
    legalStatus: legalStatus ?? 'unknown',
    legalStatusOn: legalStatus === undefined ? null : legalStatusOn,
  }
}
