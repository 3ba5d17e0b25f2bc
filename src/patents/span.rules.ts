/** Days and spans of days as people write them in a query. Pure. */

/** Both ends belong to it; an open end is null. */
export interface DaySpan {
  readonly from: string | null
  readonly to: string | null
}

/** `2020`, `202003`, `2020-03-15`, `2019:2021`, `2019..2021`, `[20190101 TO 20191231]`, `within "2019,2021"`, `>=2020`. */
export function readDays(text: string, operator: '=' | '>=' | '<=' | '>' | '<'): DaySpan | undefined {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/^within\s+/i, '')
    .replaceAll(/^["[]|["\]]$/g, '')
    .trim()
  const [first = '', last, ...more] = plain.split(/\s*(?:\bto\b|\.\.|[:,~至])\s*/i)
  if (more.length > 0) return undefined
  if (last === undefined) {
    const day = oneDay(first)
    return day === undefined ? undefined : compared(day, operator)
  }
  if (operator !== '=') return undefined
  const [from, to] = [openOr(first), openOr(last)]
  if (from === undefined || to === undefined) return undefined
  const span = { from: from?.from ?? null, to: to?.to ?? null }
  return span.from !== null && span.to !== null && span.from > span.to ? undefined : span
}

const two = (value: string | number) => String(value).padStart(2, '0')
const openOr = (text: string) => (text === '' || text === '*' ? null : oneDay(text))

type Whole = { readonly from: string; readonly to: string }

/** A day, or the first and last day of a month or a year. */
function oneDay(text: string): Whole | undefined {
  const parts = /^(\d{4})(?:[-./年]?(\d{1,2})(?:[-./月]?(\d{1,2})日?)?月?)?年?$/.exec(text)
  if (parts === null) return undefined
  const [, year = '', month, day] = parts
  if (Number(year) < 1700 || Number(year) > 2200) return undefined
  if (month === undefined) return { from: `${year}-01-01`, to: `${year}-12-31` }
  if (Number(month) < 1 || Number(month) > 12) return undefined
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  if (day === undefined) return { from: `${year}-${two(month)}-01`, to: `${year}-${two(month)}-${two(last)}` }
  if (Number(day) < 1 || Number(day) > last) return undefined
  const only = `${year}-${two(month)}-${two(day)}`
  return { from: only, to: only }
}

function compared({ from, to }: Whole, operator: '=' | '>=' | '<=' | '>' | '<'): DaySpan {
  if (operator === '>=') return { from, to: null }
  if (operator === '<=') return { from: null, to }
  if (operator === '>') return { from: shifted(to, 1), to: null }
  if (operator === '<') return { from: null, to: shifted(from, -1) }
  return { from, to }
}

const shifted = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
