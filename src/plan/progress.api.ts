import { todayIn, yearOf } from '#platform/calendar.ts'
import { type Context, implementation } from '#platform/api.ts'
import { plan } from './contract.ts'
import { isStaffActor, seatsOf } from './reader.ts'
import { clausesOfSection } from './task.rules.ts'
import { findTask, findTasks } from './task.store.ts'
import { countStandings, showDetail, showTasks, type TaskLine } from './task.view.ts'
import { approvedVersions, listYears } from './version.store.ts'
import { cursorAt, placeAfter } from './place.rules.ts'

const os = implementation(plan)

/** The year asked for; else this year's plan; else the latest there is. */
function yearShown(asked: number | undefined, years: readonly number[], { today }: Context): number {
  const now = yearOf(today)
  return asked ?? (years.includes(now) ? now : (years.at(-1) ?? now))
}

const actions = os.actions.handler(async ({ input, context }) => {
  const { zone } = context
  const year = yearShown(input.year, await listYears(context.db), context)
  const tasks = showTasks(await findTasks(context.db, context.today, { year }), context)
  return {
    year,
    items: zone.pillars.map(({ action, names, aim, section }) => {
      const own = tasks.filter((task) => task.action === action.code)
      return {
        code: action.code,
        names: action.names,
        aim,
        pillar: names,
        clauses: clausesOfSection({ sections: zone.plan.sections, clauses: zone.clauses }, section),
        tasks: own.length,
        counts: countStandings(own),
      }
    }),
  }
})

const progress = os.progress.handler(async ({ input, context }) => {
  const approved = await approvedVersions(context.db)
  const years = [...new Set(approved.map(({ year }) => year))]
  const year = yearShown(input.year, years, context)
  const versions = approved.filter((version) => version.year === year)
  const records = await findTasks(context.db, context.today, { year })
  // What is published is the same for everybody; a draft is no progress.
  const tasks = showTasks(records, context).filter(({ published }) => published)
  return {
    year,
    years,
    asOf: context.today,
    title: versions.at(-1)?.title ?? null,
    versions: versions.map(({ number, decidedAt, cause }) => ({
      number,
      approvedOn: todayIn(context.zone.timeZone, decidedAt),
      cause,
    })),
    total: tasks.length,
    counts: countStandings(tasks),
    tasks,
  }
})

const tasks = os.tasks.handler(async ({ input, context, errors }) => {
  const { year, action, unit, standing, q, mine, cursor, limit } = input
  const records = await findTasks(context.db, context.today, year === undefined ? {} : { year })
  const seats = mine === 'true' ? await seatsOf(context) : undefined
  const own = records.filter(
    ({ units }) =>
      (unit === undefined || units.includes(unit)) &&
      (seats === undefined || units.some((one) => seats.has(one))),
  )
  const words = q?.toLowerCase() ?? ''
  const matching = showTasks(own, context).filter(
    (task) => (action === undefined || task.action === action) && saysWords(task, words),
  )
  const shown = matching.filter((task) => standing === undefined || task.standing === standing)
  const start = placeAfter(shown, cursor, ({ code }) => code)
  if (start === undefined) throw errors.INVALID_CURSOR()
  const items = shown.slice(start, start + limit)
  return {
    total: shown.length,
    items,
    next: cursorAt(items, start + limit < shown.length, ({ code }) => code),
    asOf: context.today,
    counts: countStandings(matching),
  }
})

function saysWords({ title, code, target }: TaskLine, words: string): boolean {
  return words === '' || [title, code, target ?? ''].some((text) => text.toLowerCase().includes(words))
}

const task = os.task.handler(async ({ input: { code }, context, errors }) => {
  const found = await findTask(context.db, context.today, code)
  const hidden = found !== undefined && found.baselineDueOn === null && !isStaffActor(context.actor)
  if (found === undefined || hidden) throw errors.UNKNOWN_TASK({ data: { code } })
  return showDetail(found, context, await seatsOf(context))
})

export const progressApi = { actions, progress, tasks, task }
