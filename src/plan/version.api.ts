import type { z } from 'zod'
import { type Context, implementation } from '#platform/api.ts'
import type { Db } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { plan } from './contract.ts'
import { byWhom, isStaffActor } from './reader.ts'
import { taskCode } from './task.rules.ts'
import { findTasks, type TaskRecord } from './task.store.ts'
import { planDifferences, type PlannedTask } from './version.rules.ts'
import {
  decideOn,
  findVersion,
  findVersions,
  findYears,
  insertBaselines,
  insertVersion,
  insertYear,
  lockVersion,
  lockYear,
  raisePlan,
  type VersionRecord,
} from './version.store.ts'

const os = implementation(plan)

type VersionRow = z.infer<NonNullable<(typeof plan.decideVersion)['~orpc']['outputSchema']>>

function showVersion(held: VersionRecord, { actor }: Pick<Context, 'actor'>): VersionRow {
  const staff = isStaffActor(actor)
  return {
    id: held.id,
    year: held.year,
    number: held.number,
    state: held.state,
    cause: held.cause,
    tasks: held.content.length,
    submittedBy: staff ? held.submittedBy : null,
    submittedAt: held.submittedAt.toISOString(),
    decidedBy: staff ? held.decidedBy : null,
    decidedAt: held.decidedAt?.toISOString() ?? null,
    decisionNote: held.decisionNote,
  }
}

/** The plan as it stands, split into what can be handed in and what lacks its days or its target. */
async function planAsItStands(db: Db, { today }: Pick<Context, 'today'>, year: number) {
  const records = (await findTasks(db, today, { year })).filter(({ state }) => state !== 'cancelled')
  const ready: PlannedTask[] = []
  const unready: { code: string; title: string }[] = []
  for (const task of records) {
    const planned = plannedTask(task)
    if (planned === undefined) unready.push({ code: taskCode(task.year, task.number), title: task.title })
    else ready.push(planned)
  }
  return { tasks: records.length, ready, unready }
}

function plannedTask(task: TaskRecord): PlannedTask | undefined {
  const { startsOn, dueOn, target, action, title, unit, indicator } = task
  if (startsOn === null || dueOn === null || target === null) return undefined
  return { code: taskCode(task.year, task.number), action, title, startsOn, dueOn, target, unit, indicator }
}

const years = os.years.handler(async ({ context }) => {
  const plans = await findYears(context.db)
  return {
    items: await Promise.all(
      plans.map(async ({ id, year, title, version }) => {
        const versions = await findVersions(context.db, id)
        const { tasks, ready, unready } = await planAsItStands(context.db, context, year)
        const approved = versions.find(({ state }) => state === 'approved')
        return {
          year,
          title,
          version,
          tasks,
          unready,
          pending: planDifferences(approved?.content ?? [], ready),
          versions: versions.map((held) => showVersion(held, context)),
        }
      }),
    ),
  }
})

const openYear = os.openYear.handler(({ input: { year, title }, context, errors }) =>
  context.write(async (tx) => {
    const { by } = byWhom(context.actor)
    const id = await insertYear(tx, { year, title, openedBy: by, openedAt: context.now })
    if (id === undefined) throw errors.ALREADY_OPEN({ data: { year } })
    await recordAudit(tx, context, {
      action: 'plan.year-opened',
      subject: { kind: 'annualPlan', id },
      detail: { year },
    })
    return { year }
  }),
)

const submitVersion = os.submitVersion.handler(({ input: { year, version, cause }, context, errors }) =>
  context.write(async (tx) => {
    const annual = await lockYear(tx, year)
    if (annual === undefined) throw errors.UNKNOWN_YEAR({ data: { year } })
    if (annual.version !== version) throw errors.CHANGED({ data: { version: annual.version } })
    const versions = await findVersions(tx, annual.id)
    const waiting = versions.find(({ state }) => state === 'submitted')
    if (waiting !== undefined) throw errors.WAITING({ data: { number: waiting.number } })
    const { ready, unready } = await planAsItStands(tx, context, year)
    if (unready.length > 0) throw errors.UNREADY({ data: { codes: unready.map(({ code }) => code) } })
    const approved = versions.find(({ state }) => state === 'approved')
    if (planDifferences(approved?.content ?? [], ready).length === 0) throw errors.NOTHING_CHANGED()
    const number = (versions[0]?.number ?? 0) + 1
    const { by, byId } = byWhom(context.actor)
    const id = await insertVersion(tx, {
      planId: annual.id,
      number,
      cause,
      content: ready,
      submittedBy: by,
      submittedById: byId,
      submittedAt: context.now,
    })
    await raisePlan(tx, annual.id, annual.version)
    await recordAudit(tx, context, {
      action: 'plan.version-handed-in',
      subject: { kind: 'annualPlan', id: annual.id },
      detail: { year, number, tasks: ready.length },
    })
    return { id, number }
  }),
)

const decideVersion = os.decideVersion.handler(({ input: { id, approve, note }, context, errors }) =>
  context.write(async (tx) => {
    const held = await lockVersion(tx, id)
    if (held === undefined) throw errors.UNKNOWN_VERSION()
    if (held.state !== 'submitted') throw errors.DECIDED({ data: { state: held.state } })
    const { by, byId } = byWhom(context.actor)
    // Whoever holds both offices still does not approve what they wrote.
    if (held.submittedById === byId) throw errors.OWN_WORK()
    const state = approve ? 'approved' : 'returned'
    await decideOn(tx, id, { state, decidedBy: by, decidedAt: context.now, decisionNote: note })
    if (approve) await insertBaselines(tx, held, context.today)
    await recordAudit(tx, context, {
      action: approve ? 'plan.version-approved' : 'plan.version-returned',
      subject: { kind: 'annualPlan', id: held.planId },
      detail: { year: held.year, number: held.number },
    })
    return showVersion({ ...held, state, decidedBy: by, decidedAt: context.now, decisionNote: note }, context)
  }),
)

const version = os.version.handler(async ({ input: { year, number }, context, errors }) => {
  const held = await findVersion(context.db, year, number)
  if (held === undefined || (held.state !== 'approved' && !isStaffActor(context.actor)))
    throw errors.UNKNOWN_VERSION()
  const before = (await findVersions(context.db, held.planId)).find(
    (one) => one.number < number && one.state === 'approved',
  )
  return {
    ...showVersion(held, context),
    title: held.title,
    content: [...held.content],
    changes: planDifferences(before?.content ?? [], held.content),
  }
})

export const versionApi = { years, openYear, submitVersion, decideVersion, version }
