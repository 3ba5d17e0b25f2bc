/** Days as files write them. A column is read in one order throughout: `03/04/2019` alone does not say which it is. */
import { isDate } from '#platform/calendar.ts'

/** Whether the day or the month stands first where the year does not. */
export type DayOrder = 'day-first' | 'month-first'

const YEAR_FIRST = /^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:[T\s].*)?$/
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/
const YEAR_LAST = /^(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4}|\d{2})(?:\s.*)?$/
const WITH_MONTH =
  /^(?:(\d{1,2})[\s-]+([A-Z]{3,9})\.?,?[\s-]+(\d{4})|([A-Z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4}))$/i
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The day that a cell names, `YYYY-MM-DD`, or undefined when it names none. */
export function dayIn(text: string, order: DayOrder = 'day-first'): string | undefined {
  const cell = text.normalize('NFKC').trim()
  const first = YEAR_FIRST.exec(cell) ?? COMPACT.exec(cell)
  if (first !== null) return existing(first[1], first[2], first[3])
  const last = YEAR_LAST.exec(cell)
  if (last !== null) {
    const [, one, two, year = ''] = last
    return order === 'day-first' ? existing(fullYear(year), two, one) : existing(fullYear(year), one, two)
  }
  const named = WITH_MONTH.exec(cell)
  if (named !== null) {
    const month = MONTHS.indexOf((named[2] ?? named[4] ?? '').slice(0, 3).toLowerCase()) + 1
    return existing(named[3] ?? named[6], String(month), named[1] ?? named[5])
  }
  return serialDay(cell)
}

/** A date cell that lost its format shows the number of days since 1899-12-30. */
function serialDay(cell: string): string | undefined {
  if (!/^[1-5]\d{4}(?:\.0+)?$/.test(cell)) return undefined
  const day = new Date(Date.UTC(1899, 11, 30 + Number(cell))).toISOString().slice(0, 10)
  return day >= '1985-01-01' && day <= '2035-12-31' ? day : undefined
}

/** Two digits: no document of these files is older than 1931. */
function fullYear(year: string): string {
  if (year.length === 4) return year
  return Number(year) > 30 ? `19${year}` : `20${year}`
}

function existing(year = '', month = '', day = ''): string | undefined {
  // American files write `19981000` where only the month is known.
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return year >= '1790' && year <= '2100' && isDate(text) ? text : undefined
}

/**
 * In which order the days of a column stand, from its values; undefined where the year comes first throughout. `certain` is
 * false when no value tells, and then the day is taken to come first, as everywhere but in the United States.
 */
export function orderOfDays(
  values: readonly string[],
): { readonly order: DayOrder; readonly certain: boolean } | undefined {
  let seen = 0
  const votes = { first: 0, second: 0 }
  for (const value of values) {
    const parts = YEAR_LAST.exec(value.normalize('NFKC').trim())
    if (parts === null) continue
    seen += 1
    if (Number(parts[1]) > 12) votes.first += 1
    if (Number(parts[2]) > 12) votes.second += 1
  }
  if (seen === 0) return undefined
  if (votes.first === votes.second) return { order: 'day-first', certain: false }
  return { order: votes.first > votes.second ? 'day-first' : 'month-first', certain: true }
}
