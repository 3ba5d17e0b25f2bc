import type { z } from 'zod'
import { implementation } from '#platform/api.ts'
import { date, type CalendarDate } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import { seesRecords } from './access.rules.ts'
import { boardView, detailView, emptyRecords, itemsOf } from './board.ts'
import { breakdownCsv, breakdownView } from './breakdown.view.ts'
import { statistics } from './contract.ts'
import type { PartNames } from './figures.contract.ts'
import type { Indicator, Registry } from './declare.ts'
import { figureOf, suppressionOf, targetOf, termsOf } from './figure.ts'
import { confidentialityOf, partUnit } from './figure.view.ts'
import { readTogether, type Reading } from './reading.store.ts'
import { listRecords, type Page } from './records.ts'

const os = implementation(statistics)

export interface DayErrors {
  readonly DAY_NOT_REACHED: (refusal: { data: { today: string } }) => Error
}

/** The day asked for, today unless told; tomorrow's figure is refused. */
export function dayOf(
  asked: string | undefined,
  { today }: Pick<Context, 'today'>,
  errors: DayErrors,
): CalendarDate {
  const day = asked === undefined ? today : date(asked)
  if (day > today) throw errors.DAY_NOT_REACHED({ data: { today } })
  return day
}

export function figureHandlers(registry: Registry) {
  return {
    indicators: os.indicators.handler(async ({ input, context, errors }) => {
      const asOf = dayOf(input.asOf, context, errors)
      return readTogether(context.db, async (reading) => ({
        items: await itemsOf(reading, registry, context, asOf),
      }))
    }),

    board: os.board.handler(async ({ input, context, errors }) => {
      const asOf = dayOf(input.asOf, context, errors)
      return readTogether(context.db, (reading) => boardView(reading, registry, context, asOf))
    }),

    indicator: os.indicator.handler(async ({ input, context, errors }) => {
      const asOf = dayOf(input.asOf, context, errors)
      const detail = await readTogether(context.db, (reading) =>
        detailView(reading, registry, context, input.code, asOf),
      )
      if (detail === undefined) throw errors.UNKNOWN_INDICATOR({ data: { code: input.code } })
      return detail
    }),

    records: os.records.handler(async ({ input, context, errors }) => {
      const asOf = dayOf(input.asOf, context, errors)
      const indicator = registry.get(input.code)
      const target = targetOf(context.zone, input.code)
      if (indicator === undefined && target !== undefined) return emptyRecords(target, asOf)
      if (indicator === undefined) throw errors.UNKNOWN_INDICATOR({ data: { code: input.code } })
      const list = await readTogether(context.db, (reading) =>
        recordList(reading, indicator, context, asOf, input),
      )
      if (list === undefined) throw errors.INVALID_CURSOR()
      return list
    }),

    breakdown: os.breakdown.handler(async ({ input, context, errors }) => {
      const asOf = dayOf(input.asOf, context, errors)
      const indicator = registry.get(input.code)
      if (indicator === undefined) throw errors.UNKNOWN_INDICATOR({ data: { code: input.code } })
      const table = await readTogether(context.db, (reading) =>
        breakdownView(reading, indicator, context, asOf),
      )
      if (table === undefined) throw errors.NO_DIMENSIONS()
      return table
    }),

    breakdownTable: os.breakdownTable.handler(async ({ input, context, errors }) => {
      const asOf = dayOf(input.asOf, context, errors)
      const indicator = registry.get(input.code)
      if (indicator === undefined) throw errors.UNKNOWN_INDICATOR({ data: { code: input.code } })
      const table = await readTogether(context.db, (reading) =>
        breakdownView(reading, indicator, context, asOf),
      )
      if (table === undefined) throw errors.NO_DIMENSIONS()
      return new File([breakdownCsv(table)], `${input.code}-${table.asOf}.csv`, {
        type: 'text/csv;charset=utf-8',
      })
    }),
  }
}

type RecordList = z.infer<NonNullable<(typeof statistics.records)['~orpc']['outputSchema']>>

/** The figure and its list from one moment. Undefined when the cursor is none of ours. */
async function recordList(
  reading: Reading,
  indicator: Indicator,
  { actor, zone }: Pick<Context, 'actor' | 'zone'>,
  asOf: CalendarDate,
  { part: asked, ...page }: Page & { part?: z.infer<typeof PartNames> | undefined },
): Promise<RecordList | undefined> {
  const figure = await figureOf(reading, indicator, zone, asOf)
  const named = figure.parts.find(({ name }) => name === asked) ?? figure.parts[0]
  if (named === undefined) return undefined
  const target = targetOf(zone, indicator.code)
  const sees = seesRecords(actor, confidentialityOf(indicator, target))
  const suppressed = sees ? undefined : suppressionOf(named.part.kind, named.count, termsOf(zone))
  const frame = {
    part: named.name,
    asOf,
    from: named.span.from,
    sum: named.part.kind === 'sum' && suppressed === undefined ? named.count.value : null,
    unit: { ...partUnit(indicator, named, target) },
    masked: !sees && named.part.kind !== 'stated',
    suppressed: suppressed ?? null,
  }
  if (suppressed === 'small') return { total: null, items: [], next: null, ...frame }
  const rows = await listRecords(reading, named, sees, page)
  return rows && { total: named.count.items, ...rows, ...frame }
}
