import type { Tx } from '#platform/database.ts'
import type { RefusedField } from '#platform/import-report.ts'
import type { TableRow } from '#platform/tabular/row.ts'
import { isDate } from '#platform/calendar.ts'
import { columnReader, defineImport, type Placed, type Read, type RowOutcome } from '../intake/declare.ts'
import { putRows } from './reference.store.ts'

const refused = (why: RefusedField): { refused: RefusedField } => ({ refused: why })

type Level = 'section' | 'division' | 'group' | 'class'

interface IndustryRow {
  readonly codes: readonly {
    readonly code: string
    readonly level: Level
    readonly name: string
    readonly parentCode: string | null
  }[]
  /** An explanation, in editions that print them. */
  readonly note?: { readonly code: string; readonly mark: string; readonly note: string }
}

const LEVELS: Readonly<Record<string, Level>> = {
  门类: 'section',
  大类: 'division',
  中类: 'group',
  小类: 'class',
}
const LEVEL_OF_LENGTH: Readonly<Record<number, Level>> = {
  1: 'section',
  3: 'division',
  4: 'group',
  5: 'class',
}

const industryColumns = columnReader({
  code: ['code', '代码'],
  level: ['level', '级别', '层级'],
  name: ['name', '名称'],
  parent: ['parent', '上级', '上级代码'],
})

// The 2011 edition prints section, division and group in one column, classes in the next, marks and texts after them.
const withNotes = (header: readonly string[]) => header.join() === 'C1,C2,C3,C4,C5'

/** GB/T 4754, the classification of industries: the 2017 codes, and the 2011 edition with its explanations. */
const industryCodes = defineImport<IndustryRow>({
  kind: 'industry-codes',
  title: { zh: '国民经济行业分类（GB/T 4754）', en: 'Classification of industries (GB/T 4754)' },
  columns: ['code', 'level（门类、大类、中类、小类）', 'name', 'parent', 'C1–C5 (2011)'],
  recognise: (header) => withNotes(header) || industryColumns.has(header, 'code', 'level', 'name', 'parent'),
  open: ({ header }) => {
    const readNoted = notedIndustryReader()
    const edition = () => (withNotes(header() ?? []) ? 2011 : 2017)
    return {
      read: (row) => (edition() === 2011 ? readNoted(row) : readIndustry(row)),
      claim: ({ codes, note }) => ({
        subject: codes.map(({ code }) => code).join(' '),
        says: note === undefined ? { codes } : {},
      }),
      apply: (tx, _context, batch) => applyIndustries(tx, edition(), batch),
    }
  },
})

function readIndustry(row: TableRow): Read<IndustryRow> {
  const { code, level: levelText = '', name, parent = '' } = industryColumns.read(row)
  if (code === undefined) return refused({ field: 'code', reason: 'missing' })
  if (name === undefined) return refused({ field: 'name', reason: 'missing' })
  if (!/^[A-Z](?:\d{2,4})?$/.test(code)) return refused({ field: 'code', value: code, reason: 'form' })
  const level = LEVELS[levelText]
  if (level === undefined || level !== LEVEL_OF_LENGTH[code.length]) {
    const detail = { allowed: Object.keys(LEVELS).join('、') }
    return refused({ field: 'level', value: levelText, reason: 'unknown-value', detail })
  }
  const above = level === 'section' ? '' : level === 'division' ? code.charAt(0) : code.slice(0, -1)
  if (parent !== above)
    return refused({ field: 'parent', value: parent, reason: 'not-the-code-above', detail: { above } })
  return { record: { codes: [{ code, level, name, parentCode: above === '' ? null : above }] } }
}

/** Digits carry the letter of the section they stand under, as the 2017 edition writes them. */
function notedIndustryReader(): (row: TableRow) => Read<IndustryRow> {
  let section = ''
  let last = ''
  return ({ cells: { C1 = '', C2 = '', C3 = '', C4 = '', C5 = '' } }) => {
    if (/^[A-Z]$/.test(C1)) section = C1
    const given = [C1, C2].filter((code) => code !== '')
    if (given.length === 0) return readNote(last, C3, C4, C5)
    const codes = given.map((code) => (code === section ? code : section + code))
    const wrong = codes.find((code) => LEVEL_OF_LENGTH[code.length] === undefined || !/^[A-Z]\d*$/.test(code))
    if (wrong !== undefined || section === '')
      return refused({ field: 'C1', value: given.join(' '), reason: 'form' })
    if (C4 === '') return refused({ field: 'C4', reason: 'missing' })
    last = codes.at(-1) ?? ''
    return {
      record: {
        codes: codes.map((code) => ({
          code,
          level: LEVEL_OF_LENGTH[code.length] ?? 'class',
          name: C4,
          parentCode: code.length === 1 ? null : code.length === 3 ? code.charAt(0) : code.slice(0, -1),
        })),
      },
    }
  }
}

function readNote(code: string, C3: string, C4: string, C5: string): Read<IndustryRow> {
  if (code === '') return refused({ field: 'C1', reason: 'missing' })
  const [mark, note] = C5 === '' ? [C3, C4] : [`${C3}${C4}`, C5]
  return { record: { codes: [], note: { code, mark, note } } }
}

async function applyIndustries(
  tx: Tx,
  edition: number,
  batch: readonly Placed<IndustryRow>[],
): Promise<RowOutcome[]> {
  const codes = batch.flatMap(({ record }, row) =>
    record.codes.map((code) => ({ row, values: { edition, ...code } })),
  )
  const notes = batch.flatMap(({ line, record }, row) =>
    record.note === undefined ? [] : [{ row, values: { edition, line, ...record.note } }],
  )
  const outcomes = await Promise.all([
    putRows(tx, 'industry', ['edition', 'code'], codes),
    putRows(tx, 'industryNote', ['edition', 'line'], notes),
  ])
  return outcomesOf(batch.length, outcomes.flat())
}

type Put = Awaited<ReturnType<typeof putRows>>[number]

/** A row that wrote several records is as new as its newest. */
function outcomesOf(rows: number, put: readonly Put[]): RowOutcome[] {
  const rank = { accepted: 2, updated: 1, unchanged: 0 } as const
  const worst: (keyof typeof rank)[] = Array.from({ length: rows }, () => 'unchanged' as const)
  for (const { row, outcome } of put)
    if (rank[outcome] > rank[worst[row] ?? 'unchanged']) worst[row] = outcome
  return worst.map((outcome) => ({ outcome }))
}

interface DivisionRow {
  readonly code: string
  readonly level: 'province' | 'prefecture' | 'county'
  readonly name: string
  readonly parentCode: string | null
  /** Undefined where the file has no such column, so that what another file brought stays. */
  readonly shortName?: string
}

const divisionColumns = columnReader({
  code: ['code', 'city_adcode', '代码'],
  name: ['name', 'city_name', '名称'],
  shortName: ['city_short_name', '简称'],
  parent: ['cityCode', 'province_adcode', '上级代码'],
  province: ['provinceCode'],
})

/** GB/T 2260: provinces, prefectures and counties, by two, four or six digits. */
const divisions = defineImport<DivisionRow>({
  kind: 'divisions',
  title: { zh: '行政区划（GB/T 2260）', en: 'Administrative divisions (GB/T 2260)' },
  columns: ['code 或 city_adcode', 'name 或 city_name', 'cityCode', 'provinceCode'],
  recognise: (header) =>
    divisionColumns.has(header, 'code', 'name') && !industryColumns.has(header, 'level', 'parent'),
  open: () => ({
    read: readDivision,
    claim: ({ code, ...says }) => ({ subject: code, says }),
    apply: async (tx, _context, batch) => {
      const rows = batch.map(({ record }, row) => ({ row, values: { ...record } }))
      // Files with and without short names write different columns.
      const named = await putRows(
        tx,
        'division',
        ['code'],
        rows.filter(({ values }) => values.shortName !== undefined),
      )
      const plain = await putRows(
        tx,
        'division',
        ['code'],
        rows.filter(({ values }) => values.shortName === undefined),
      )
      return outcomesOf(batch.length, [...named, ...plain])
    },
  }),
})

function readDivision(row: TableRow): Read<DivisionRow> {
  const { code: given, name, shortName, parent, province } = divisionColumns.read(row)
  if (given === undefined) return refused({ field: 'code', reason: 'missing' })
  if (name === undefined) return refused({ field: 'name', reason: 'missing' })
  if (!/^(?:\d{2}|\d{4}|\d{6})$/.test(given)) return refused({ field: 'code', value: given, reason: 'form' })
  const code = given.padEnd(6, '0')
  const level = code.endsWith('0000') ? 'province' : code.endsWith('00') ? 'prefecture' : 'county'
  // A prefecture without counties is listed among the counties as its own.
  const above = (parent?.padEnd(6, '0') === code ? province : (parent ?? province))?.padEnd(6, '0')
  const parentCode =
    level === 'province' ? null : (above ?? code.slice(0, level === 'county' ? 4 : 2).padEnd(6, '0'))
  if (parentCode !== null && !code.startsWith(parentCode.replace(/(?:00)+$/, ''))) {
    return refused({
      field: 'parent',
      value: parent ?? province ?? '',
      reason: 'not-the-code-above',
      detail: { above: code.slice(0, 4) },
    })
  }
  return { record: { code, level, name, parentCode, ...(shortName === undefined ? {} : { shortName }) } }
}

interface HolidayRow {
  readonly day: string
  readonly name: string
  readonly off: boolean
}

/** The State Council's yearly notice on days off and make-up workdays. A notice may speak of days of the year before. */
const holidays = defineImport<HolidayRow>({
  kind: 'holidays',
  title: { zh: '国务院办公厅节假日安排', en: 'Days off and make-up workdays (State Council)' },
  columns: ['year', 'papers', 'days: name, date, isOffDay'],
  recordsAt: 'days',
  recognise: (header) => ['name', 'date', 'isOffDay'].every((name) => header.includes(name)),
  open: ({ document, name: fileName }) => {
    const { year, papers } = (document ?? {}) as { year?: unknown; papers?: unknown }
    const source = Array.isArray(papers) && typeof papers[0] === 'string' ? papers.join(' ') : fileName
    return {
      read: (row) => readHoliday(row, year),
      claim: ({ day, ...says }) => ({ subject: day, says }),
      apply: async (tx, _context, batch) => {
        const rows = batch.map(({ record }, row) => ({
          row,
          values: { noticeYear: Number(year), ...record, source },
        }))
        return outcomesOf(batch.length, await putRows(tx, 'holiday', ['noticeYear', 'day'], rows))
      },
    }
  },
})

function readHoliday(
  { cells: { name = '', date: day = '', isOffDay = '' } }: TableRow,
  year: unknown,
): Read<HolidayRow> {
  if (!Number.isInteger(year)) return refused({ field: 'year', value: String(year ?? ''), reason: 'missing' })
  if (name === '') return refused({ field: 'name', reason: 'missing' })
  if (!isDate(day)) return refused({ field: 'date', value: day, reason: 'not-a-day' })
  if (Math.abs(Number(day.slice(0, 4)) - Number(year)) > 1) {
    return refused({ field: 'date', value: day, reason: 'another-year', detail: { year: Number(year) } })
  }
  if (isOffDay !== 'true' && isOffDay !== 'false') {
    return refused({
      field: 'isOffDay',
      value: isOffDay,
      reason: 'unknown-value',
      detail: { allowed: 'true, false' },
    })
  }
  return { record: { day, name, off: isOffDay === 'true' } }
}

export const referenceImports = [industryCodes, divisions, holidays]
