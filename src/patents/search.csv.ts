import type { z } from 'zod'
import type { PatentItem } from './search.contract.ts'

type Item = z.infer<typeof PatentItem>

const COLUMNS: readonly (readonly [string, (item: Item) => string | null])[] = [
  ['publicationNumber', ({ publicationNumber }) => publicationNumber],
  ['applicationNumber', ({ applicationNumber }) => applicationNumber],
  ['title', ({ title }) => title],
  ['applicants', ({ applicants }) => applicants.join('; ')],
  ['applicationDate', ({ applicationDate }) => applicationDate],
  ['publicationDate', ({ publicationDate }) => publicationDate],
  ['right', ({ right }) => right],
  ['legalStatus', ({ legalStatus }) => legalStatus],
  ['mainIpc', ({ mainIpc }) => mainIpc],
  ['why', ({ why }) => why.map(({ field, text }) => `${field}: ${text}`).join(' | ')],
]

/** RFC 4180 with a byte order mark, so that spreadsheets read the Chinese. */
export function csvOf(items: readonly Item[]): string {
  const lines = [
    COLUMNS.map(([name]) => name),
    ...items.map((item) => COLUMNS.map(([, read]) => read(item) ?? '')),
  ]
  return `\uFEFF${lines.map(csvRow).join('\r\n')}\r\n`
}

/** One line of RFC 4180, without its end. */
export const csvRow = (cells: readonly string[]) => cells.map(cellOf).join(',')

/** A cell that a spreadsheet would run as a formula is made text by an apostrophe (CWE-1236). */
function cellOf(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
