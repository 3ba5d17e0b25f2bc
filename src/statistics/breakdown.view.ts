import type { z } from 'zod'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import type { ZoneProfile } from '../zone/rules.ts'
import { seesRecords } from './access.rules.ts'
import { findPublishedTable } from './breakdown.store.ts'
import { countTable, gridOf, namesOf, openTable, type Grid } from './breakdown.ts'
import type { statistics } from './contract.ts'
import type { Indicator } from './declare.ts'
import { spanOn, targetOf } from './figure.ts'
import { confidentialityOf, unitView } from './figure.view.ts'
import type { Reading } from './reading.store.ts'
import { daysOf } from './span.rules.ts'

export type Breakdown = z.infer<NonNullable<(typeof statistics.breakdown)['~orpc']['outputSchema']>>

/**
 * The one table of an indicator. Who may see the records sees it as it stands now; everyone else sees the table that was
 * last published, for only published tables are covered against one another.
 */
export async function breakdownView(
  reading: Reading,
  indicator: Indicator,
  { actor, zone }: Pick<Context, 'actor' | 'zone'>,
  asOf: CalendarDate,
): Promise<Breakdown | undefined> {
  const grid = gridOf(indicator)
  if (grid === undefined) return undefined
  const target = targetOf(zone, indicator.code)
  const frame = {
    unit: { ...unitView(indicator.unit, target) },
    threshold: zone.suppression.smallCellThreshold,
  }
  if (!seesRecords(actor, confidentialityOf(indicator, target))) {
    return { ...frame, ...(await publishedTable(reading, indicator, zone, grid, asOf)) }
  }
  const table = await countTable(reading, indicator, grid, spanOn(zone, daysOf(asOf, target?.period)))
  return {
    ...frame,
    ...named(indicator, zone, grid, table),
    asOf,
    cells: openTable(table).map((row) => [...row]),
    snapshotId: null,
    withheld: null,
  }
}

async function publishedTable(
  reading: Reading,
  indicator: Indicator,
  zone: ZoneProfile,
  grid: Grid,
  asOf: CalendarDate,
) {
  const table = await findPublishedTable(reading.db, indicator.code, asOf)
  if (table === undefined) {
    const codes = { rowCodes: [], columnCodes: [] }
    return {
      ...named(indicator, zone, grid, codes),
      asOf,
      cells: null,
      snapshotId: null,
      withheld: 'notPublished' as const,
    }
  }
  const frozenGrid = { rows: table.rowDimension, columns: table.columnDimension ?? undefined }
  return {
    ...named(indicator, zone, frozenGrid, table),
    asOf: table.asOf,
    cells: table.published?.map((row) => [...row]) ?? null,
    snapshotId: table.snapshotId,
    withheld: table.published === null ? ('unprotectable' as const) : null,
  }
}

function named(
  indicator: Indicator,
  zone: ZoneProfile,
  grid: Grid,
  codes: { readonly rowCodes: readonly string[]; readonly columnCodes: readonly string[] },
) {
  return {
    rows: namesOf(indicator, grid.rows, codes.rowCodes, zone),
    columns: grid.columns === undefined ? null : namesOf(indicator, grid.columns, codes.columnCodes, zone),
  }
}

/** The same cells with the same marks. Begins with a byte order mark, without which Excel guesses the encoding. */
export function breakdownCsv({ rows, columns, cells, threshold, asOf }: Breakdown): string {
  const heads =
    columns === null
      ? ['合计 Total']
      : [...columns.values.map(({ names }) => `${names.zh} ${names.en}`), '合计 Total']
  const lines = [[`${rows.names.zh} ${rows.names.en}`, ...heads]]
  for (const [index, row] of (cells ?? []).entries()) {
    const names = rows.values[index]?.names ?? { zh: '合计', en: 'Total' }
    const shown = row.map(({ shown, value }) =>
      shown === 'shown' ? String(value) : shown === 'small' ? `<${threshold}` : '×',
    )
    lines.push([`${names.zh} ${names.en}`, ...shown])
  }
  lines.push(['截至 As of', asOf])
  return `\uFEFF${lines.map((line) => line.map(csvField).join(',')).join('\r\n')}\r\n`
}

/** A field that a spreadsheet would take for a formula is kept as text. */
function csvField(text: string): string {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
