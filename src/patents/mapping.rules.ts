/** Which column holds which field: proposed from the headings and, where those mislead, from what stands below them. */
import { symbol, locarnoClass } from './classes.rules.ts'
import { dayIn, orderOfDays } from './days.rules.ts'
import { type ContentKind, fieldOf, fieldOfHeading, type FieldName } from './fields.rules.ts'
import { isBlank } from './names.rules.ts'
import { applicationNumber, documentNumber, isDestroyed } from './numbers.rules.ts'

/** Column by column; null for a column that is not read. */
export type Mapping = Readonly<Record<string, FieldName | null>>

export interface MappingWarning {
  readonly code:
    | 'columns-swapped'
    | 'days-swapped'
    | 'content-says-otherwise'
    | 'content-does-not-fit'
    | 'same-field-twice'
    | 'order-of-days-unclear'
    | 'no-number'
  readonly columns: readonly string[]
}

export interface Proposal {
  readonly mapping: Mapping
  readonly warnings: readonly MappingWarning[]
}

export type SampleRow = Readonly<Record<string, string>>

/** Whether a row of names is a header: it names a number or a title, and something beside it. */
export function isPatentHeader(names: readonly string[]): boolean {
  const fields = new Set(names.flatMap((name) => fieldOfHeading(name) ?? []))
  const identifies = (['publicationNumber', 'applicationNumber', 'patentNumber', 'title'] as const).some(
    (name) => fields.has(name),
  )
  return identifies && fields.size >= 2
}

/** Whether a row below the header is another header: most of what it says are headings, and none of it is a number. */
export function isAnotherHeader(cells: SampleRow): boolean {
  const filled = Object.values(cells).filter((cell) => cell !== '')
  // A row of data has a number somewhere, a header has none: most rows need no closer look.
  if (filled.some((cell) => /\d{5}/.test(cell))) return false
  const headings = filled.filter((cell) => cell.length < 24 && fieldOfHeading(cell) !== undefined)
  return headings.length >= 3 && headings.length * 2 > filled.length
}

/** What the values of a column are, when most of them are of one kind. */
export function contentOf(values: readonly string[]): ContentKind | undefined {
  const filled = values.filter((value) => !isBlank(value) && !isDestroyed(value))
  if (filled.length === 0) return undefined
  return KINDS.find(([, is]) => filled.filter(is).length >= filled.length * 0.6)?.[0]
}

const prose = (value: string) => value.length > 60
const organisation =
  /(?:公司|集团|大学|学院|研究院|研究所|株式会社|中心|医院|厂|事务所|合作社|\b(?:inc|ltd|llc|corp|co|gmbh|ag|s\.?a|b\.?v|university|company)\b\.?)/i

const KINDS: readonly (readonly [ContentKind, (value: string) => boolean])[] = [
  ['day', (value) => dayIn(value) !== undefined],
  [
    'publication',
    (value) => value.length < 40 && /^[A-Z]{2}/i.test(value.trim()) && !dotted(value) && hasKind(value),
  ],
  ['application', (value) => value.length < 40 && applicationNumber(value).right !== undefined],
  ['class', (value) => value.length < 2000 && everyPart(value)],
  ['prose', prose],
  ['organisations', (value) => value.split(/[;；|]/).some((one) => organisation.test(one.trim()))],
  ['titles', (value) => /(?:^一种|方法|装置|系统|设备|结构|组合物|工艺|(?:及其)?应用|机构)/u.test(value)],
]

const dotted = (value: string) => /\d\.[\dX]$/i.test(value.trim())
/** Elsewhere applications are numbered like documents; only a kind with its digit tells them apart. */
const hasKind = (value: string) => {
  const read = documentNumber(value)
  return read !== undefined && (read.office === 'CN' ? read.kind !== '' : /\d$/.test(read.kind))
}
const everyPart = (value: string) => {
  const parts = value
    .split(/[;；|,]+/)
    .map((one) => one.replace(/^[?？\s]+/, '').trim())
    .filter((one) => one !== '')
  return (
    parts.length > 0 &&
    parts.every((one) => symbol(one) !== undefined || (one.includes('-') && locarnoClass(one) !== undefined))
  )
}

/** A heading that says one thing over values that are clearly another. */
function contradicts(field: FieldName, content: ContentKind | undefined): boolean {
  if (content === undefined) return false
  const { holds } = fieldOf(field)
  if (holds === undefined)
    return content === 'publication' || content === 'application'
      ? ![
          'familyId',
          'family',
          'priorities',
          'divisionOf',
          'pctApplication',
          'pctPublication',
          'citations',
        ].includes(field)
      : false
  if (holds.includes(content)) return false
  // People have no endings to be known by, and a title may be long or name a company: only clear cases count.
  if (field === 'applicants' || field === 'owners')
    return content !== 'titles' && content !== 'prose' ? true : content === 'titles'
  if (content === 'application' && field === 'publicationNumber') return true
  return (
    !(content === 'titles' || content === 'prose') || holds.includes('day') || holds.includes('publication')
  )
}

/** Where a heading is unknown or wrong, the one field that such values can only be. */
const ONLY_FIELD: Partial<Record<ContentKind, FieldName>> = {
  publication: 'publicationNumber',
  application: 'applicationNumber',
  class: 'ipc',
}

/** A mapping of these columns, with what was noticed; `rows` are some of the first. */
export function proposeMapping(columns: readonly string[], rows: readonly SampleRow[]): Proposal {
  const contents = new Map(columns.map((name) => [name, contentOf(rows.map((row) => row[name] ?? ''))]))
  const mapping: Record<string, FieldName | null> = {}
  const warnings: MappingWarning[] = []
  for (const name of columns) mapping[name] = fieldOfHeading(name) ?? null
  unswap(columns, contents, mapping, warnings)
  fillByContent(columns, contents, mapping, warnings)
  keepFirst(columns, mapping, warnings)
  unswapDays(columns, rows, mapping, warnings)
  for (const name of columns) {
    const field = mapping[name]
    const isDay = field != null && fieldOf(field).holds?.includes('day') === true
    if (isDay && orderOfDays(rows.map((row) => row[name] ?? ''))?.certain === false)
      warnings.push({ code: 'order-of-days-unclear', columns: [name] })
  }
  const numbers: readonly (FieldName | null)[] = ['publicationNumber', 'applicationNumber', 'patentNumber']
  if (!Object.values(mapping).some((field) => numbers.includes(field)))
    warnings.push({ code: 'no-number', columns: [] })
  return { mapping, warnings }
}

type Contents = ReadonlyMap<string, ContentKind | undefined>
type Draft = Record<string, FieldName | null>

/** Two columns, each of which holds what the other's heading promises. */
function unswap(
  columns: readonly string[],
  contents: Contents,
  mapping: Draft,
  warnings: MappingWarning[],
): void {
  const wrong = columns.filter((name) => {
    const field = mapping[name]
    return field != null && contradicts(field, contents.get(name))
  })
  for (const one of wrong) {
    const other = wrong.find((name) => {
      const [here, there] = [mapping[one], mapping[name]]
      if (name === one || here == null || there == null) return false
      const fits = (field: FieldName, column: string) => !contradicts(field, contents.get(column))
      return fits(here, name) && fits(there, one) && contradicts(here, contents.get(one))
    })
    if (other === undefined) continue
    ;[mapping[one], mapping[other]] = [mapping[other] ?? null, mapping[one] ?? null]
    warnings.push({ code: 'columns-swapped', columns: [one, other] })
  }
}

function fillByContent(
  columns: readonly string[],
  contents: Contents,
  mapping: Draft,
  warnings: MappingWarning[],
): void {
  const taken = () => new Set(columns.flatMap((name) => (mapping[name] == null ? [] : [mapping[name]])))
  for (const name of columns) {
    const content = contents.get(name)
    const field = mapping[name]
    const only = content === undefined ? undefined : ONLY_FIELD[content]
    if (field != null && !contradicts(field, content)) continue
    if (field != null) mapping[name] = null
    if (only !== undefined && !taken().has(only)) {
      mapping[name] = only
      warnings.push({ code: 'content-says-otherwise', columns: [name] })
    } else if (field != null) {
      warnings.push({ code: 'content-does-not-fit', columns: [name] })
    }
  }
}

function keepFirst(columns: readonly string[], mapping: Draft, warnings: MappingWarning[]): void {
  const first = new Map<FieldName, string>()
  for (const name of columns) {
    const field = mapping[name]
    if (field == null) continue
    const before = first.get(field)
    if (before === undefined) first.set(field, name)
    else {
      mapping[name] = null
      warnings.push({ code: 'same-field-twice', columns: [before, name] })
    }
  }
}

/** Nothing is published before it is filed: where most rows say so, the two headings stand the wrong way round. */
function unswapDays(
  columns: readonly string[],
  rows: readonly SampleRow[],
  mapping: Draft,
  warnings: MappingWarning[],
): void {
  const columnOf = (field: FieldName) => columns.find((name) => mapping[name] === field)
  const filed = columnOf('filedOn')
  for (const later of ['publishedOn', 'grantedOn'] as const) {
    const published = columnOf(later)
    if (filed === undefined || published === undefined || mapping[filed] !== 'filedOn') continue
    const pairs = rows.flatMap((row) => {
      const [a, b] = [dayIn(row[filed] ?? ''), dayIn(row[published] ?? '')]
      return a === undefined || b === undefined ? [] : [a > b]
    })
    if (pairs.length === 0 || pairs.filter(Boolean).length < pairs.length * 0.8) continue
    ;[mapping[filed], mapping[published]] = [later, 'filedOn']
    warnings.push({ code: 'days-swapped', columns: [filed, published] })
  }
}
