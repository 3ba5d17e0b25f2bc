import { addDays, addMonths, type CalendarDate, date, endOfMonth } from '#platform/calendar.ts'
import { type Context, implementation } from '#platform/api.ts'
import { agencies } from './contract.ts'
import { csvOf } from './csv.ts'
import {
  cursorOf,
  type DirectoryEntry,
  facetsOf,
  inDirectoryOrder,
  initialOf,
  matches,
  placeOf,
  sortKeyOf,
} from './directory.rules.ts'
import { countByDay, type DirectoryRow, findDirectory } from './directory.store.ts'
import { type FactName, staleness } from './facts.rules.ts'
import { rulesInForce, stageFactsOf, stageOf } from './stage.rules.ts'
import { vantageOf } from './vantage.ts'

const os = implementation(agencies)

interface Listed extends DirectoryEntry {
  readonly row: DirectoryRow
}

const list = os.list.handler(async ({ input: { cursor, limit, ...query }, context, errors }) => {
  const vantage = vantageOf(query, context, errors)
  const after = cursor === undefined ? undefined : placeOf(cursor)
  if (cursor !== undefined && after === undefined) throw errors.INVALID_CURSOR()
  const entries = await directoryOf(context, vantage)
  const found = entries.filter((entry) => matches(entry, query))
  const rest = after === undefined ? found : found.filter((entry) => inDirectoryOrder(entry, after) > 0)
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  const isStale = staleness(vantage.asOf, context.zone.thresholds)
  return {
    total: found.length,
    items: items.map((entry) => itemOf(entry, isStale)),
    next: last !== undefined && rest.length > limit ? cursorOf(last) : null,
    asOf: vantage.asOf,
    knownOn: vantage.knownOn ?? null,
    inZone: entries.length,
    facets: facetsOf(entries, query),
  }
})

const download = os.download.handler(async ({ input: query, context, errors }) => {
  const vantage = vantageOf(query, context, errors)
  const isStale = staleness(vantage.asOf, context.zone.thresholds)
  const entries = await directoryOf(context, vantage)
  const items = entries.filter((entry) => matches(entry, query)).map((entry) => itemOf(entry, isStale))
  return new File([csvOf(items, vantage)], `agencies-${vantage.asOf}.csv`, { type: 'text/csv;charset=utf-8' })
})

/** Long enough for any chart; a longer series would be a way to make the database work for nothing. */
const MAX_YEARS = 30

const counts = os.counts.handler(async ({ input, context, errors }) => {
  const vantage = vantageOf({ asOf: input.to }, context, errors)
  const from = date(input.from ?? addMonths(vantage.asOf, -36))
  if (from < addMonths(vantage.asOf, -12 * MAX_YEARS))
    throw errors.SPAN_TOO_LONG({ data: { years: MAX_YEARS } })
  return { items: await countByDay(context.db, monthEnds(from, vantage.asOf), vantage) }
})

export const directoryApi = { list, download, counts }

/** The register of the day in the order of the list, each agency with the stage that the rule of that day gives it. */
async function directoryOf(context: Context, vantage: ReturnType<typeof vantageOf>): Promise<Listed[]> {
  const rules = rulesInForce(context.zone.stageRules, vantage.asOf)
  const rows = await findDirectory(context.db, vantage)
  return rows
    .map((row) => ({
      code: row.code,
      name: row.facts.name?.value ?? row.code,
      nameEn: row.facts.nameEn?.value ?? null,
      sortKey: row.sortKey === '' ? sortKeyOf(row.facts.name?.value ?? row.code) : row.sortKey,
      classes: row.facts.classes?.value ?? [],
      carrier: row.carrier,
      stage:
        rules === undefined
          ? null
          : stageOf(stageFactsOf({ ...row.facts, annualReturn: row.annualReturn }, vantage.asOf), rules)
              .stage,
      row,
    }))
    .sort(inDirectoryOrder)
}

type IsStale = ReturnType<typeof staleness>

function itemOf({ row, sortKey, ...entry }: Listed, isStale: IsStale) {
  const shown = Object.entries(row.facts) as [FactName, { observedOn: CalendarDate }][]
  const seen = shown.map(([, { observedOn }]) => observedOn).sort()
  return {
    ...entry,
    classes: [...entry.classes],
    initial: initialOf(sortKey),
    unit: row.unit,
    movedIn: row.movedIn,
    patentAgencyCode: row.facts.patentLicence?.value?.agencyCode ?? null,
    website: row.facts.website?.value ?? null,
    asOf: seen[0] ?? null,
    stale: shown.filter(([field, { observedOn }]) => isStale(field, observedOn)).map(([field]) => field),
  }
}

/** The ends of the months from `from` on, and the last day itself. */
function monthEnds(from: CalendarDate, to: CalendarDate): CalendarDate[] {
  const ends: CalendarDate[] = []
  for (let end = endOfMonth(from); end < to; end = endOfMonth(addDays(end, 1))) ends.push(end)
  return [...ends, to]
}
