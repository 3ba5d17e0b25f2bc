import { implementation } from '#platform/api.ts'
import { agencies } from './contract.ts'
import { findReporters, type Reporter } from './reporters.store.ts'
import { owedBy, standing } from './return-forms.api.ts'
import { type OwedPeriod, type PeriodState, periodName } from './returns.rules.ts'

const os = implementation(agencies)

const STATES: readonly PeriodState[] = ['not-open', 'due', 'late', 'filed', 'filed-late']

const desk = os.returnDesk.handler(async ({ input: { cursor, limit, period: asked, state }, context }) => {
  const reporters = await findReporters(context.db, context.today)
  const owed = reporters.flatMap((reporter) =>
    owedBy(reporter, context).map((period) => ({ reporter, period, name: periodName(period) })),
  )
  const periods = [...new Set(owed.toSorted(newestFirst).map(({ name }) => name))]
  const open = owed.filter(({ period }) => period.periodTo <= context.today).toSorted(newestFirst)
  const period = asked ?? open[0]?.name ?? periods[0] ?? null
  const lines = owed.filter(({ name }) => name === period).map((one) => lineOf(one, context.today))
  const wanted = state === undefined ? STATES : [state].flat()
  const found = lines.filter((line) => wanted.includes(line.state))
  const rest = cursor === undefined ? found : found.filter(({ code }) => code > cursor)
  const items = rest.slice(0, limit)
  const count = (one: PeriodState) => lines.filter((line) => line.state === one).length
  return {
    total: found.length,
    items,
    next: rest.length > limit ? (items.at(-1)?.code ?? null) : null,
    period,
    periods,
    counts: {
      'not-open': count('not-open'),
      due: count('due'),
      late: count('late'),
      filed: count('filed'),
      'filed-late': count('filed-late'),
    },
    explained: lines.filter(({ explanations }) => explanations > 0).length,
    revised: lines.filter(({ revisions }) => revisions > 0).length,
  }
})

export const returnDeskApi = { returnDesk: desk }

interface Owed {
  readonly reporter: Reporter
  readonly period: OwedPeriod
}

function newestFirst(one: Owed, other: Owed): number {
  return other.period.periodFrom.localeCompare(one.period.periodFrom)
}

function lineOf({ reporter, period }: Owed, today: Parameters<typeof standing>[2]) {
  const { period: _name, ...where } = standing(period, reporter, today)
  const within = reporter.filed.filter(
    (one) => !one.superseded && one.periodFrom >= period.periodFrom && one.periodTo <= period.periodTo,
  )
  const reminders = reporter.reminders.filter(({ periodFrom }) => periodFrom === period.periodFrom)
  return {
    ...where,
    code: reporter.code,
    name: reporter.name,
    explanations: within.reduce((sum, { explanations }) => sum + explanations, 0),
    reminders: reminders.length,
    remindedOn: reminders.at(-1)?.remindedOn ?? null,
  }
}
