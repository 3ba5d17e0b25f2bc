import type { z } from 'zod'
import type { AgencyListItem } from './contract.ts'

type Item = z.infer<typeof AgencyListItem>

const COLUMNS: readonly (readonly [string, (item: Item) => string | null])[] = [
  ['code', ({ code }) => code],
  ['name', ({ name }) => name],
  ['nameEn', ({ nameEn }) => nameEn],
  ['classes', ({ classes }) => classes.join('; ')],
  ['carrier', ({ carrier }) => carrier],
  ['unit', ({ unit }) => unit],
  ['movedIn', ({ movedIn }) => movedIn],
  ['stage', ({ stage }) => stage],
  ['patentAgencyCode', ({ patentAgencyCode }) => patentAgencyCode],
  ['website', ({ website }) => website],
  ['asOf', ({ asOf }) => asOf],
  ['stale', ({ stale }) => stale.join('; ')],
]

/** RFC 4180 with a byte order mark, so that spreadsheets read the Chinese; the first column group says which day it is. */
export function csvOf(items: readonly Item[], { asOf }: { readonly asOf: string }): string {
  const lines = [
    ['registerOn', ...COLUMNS.map(([name]) => name)],
    ...items.map((item) => [asOf, ...COLUMNS.map(([, read]) => read(item) ?? '')]),
  ]
  return `\uFEFF${lines.map((cells) => cells.map(cellOf).join(',')).join('\r\n')}\r\n`
}

/** A cell that a spreadsheet would run as a formula is made text by an apostrophe (CWE-1236). */
function cellOf(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
