import { date } from '#platform/calendar.ts'
import { type Context, implementation } from '#platform/api.ts'
import type { Tx } from '#platform/database.ts'
import { recordAudit } from '../ledger/public.ts'
import { plan } from './contract.ts'
import { actsOn, type Seats, type TaskAct } from './duty.rules.ts'
import { byWhom, seatsOf } from './reader.ts'
import { missingOf, taskCode } from './task.rules.ts'
import {
  findOriginId,
  insertChange,
  insertTask,
  lockTask,
  type TaskDraft,
  type TaskRecord,
  updateTask,
} from './task.store.ts'
import { lockYear } from './version.store.ts'

const os = implementation(plan)

/** Which figures a task may be bound to, and what one says today as everybody may read it. */
export interface Figures {
  readonly isIndicator: (code: string) => boolean
  readonly publishedValue: (context: Context, code: string) => Promise<number | null>
}

interface TaskErrors {
  UNKNOWN_TASK(refusal: { data: { code: string } }): Error
  FORBIDDEN(): Error
}

interface VersionErrors {
  CHANGED(refusal: { data: { version: number } }): Error
}

interface StateErrors {
  WRONG_STATE(refusal: { data: { state: TaskRecord['state'] } }): Error
}

/** The task, locked, and the caller's seats. Throws when there is none. */
export async function heldTask(tx: Tx, context: Context, code: string, errors: TaskErrors) {
  const task = await lockTask(tx, context.today, code)
  if (task === undefined) throw errors.UNKNOWN_TASK({ data: { code } })
  return { task, seats: await seatsOf({ ...context, db: tx }) }
}

const dutyOf = (task: TaskRecord) => ({ ...task, published: task.baselineDueOn !== null })

export function mayDo(act: TaskAct, task: TaskRecord, { actor }: Context, seats: Seats): boolean {
  return actsOn(dutyOf(task), actor, seats).includes(act)
}

function refuseStale(task: TaskRecord, version: number, errors: VersionErrors) {
  if (task.version !== version) throw errors.CHANGED({ data: { version: task.version } })
}

function refuseState(task: TaskRecord, states: readonly TaskRecord['state'][], errors: StateErrors) {
  if (!states.includes(task.state)) throw errors.WRONG_STATE({ data: { state: task.state } })
}

interface DraftErrors {
  UNKNOWN_ACTION(refusal: { data: { action: string } }): Error
  UNKNOWN_CLAUSE(refusal: { data: { clause: string } }): Error
  UNKNOWN_INDICATOR(refusal: { data: { code: string } }): Error
  HALF_A_TARGET(): Error
  ENDS_BEFORE_IT_BEGINS(refusal: { data: { startsOn: string; dueOn: string } }): Error
  UNKNOWN_ORIGIN(refusal: { data: { kind: 'decision' | 'issue' | 'guidance'; number: number } }): Error
}

type DraftInput = Omit<TaskDraft, 'decisionId' | 'issueId' | 'guidanceId'> & {
  decision: number | null
  issue: number | null
  guidance: number | null
}

async function draftOf(
  tx: Tx,
  { zone }: Context,
  figures: Figures,
  { decision, issue, guidance, ...draft }: DraftInput,
  errors: DraftErrors,
): Promise<TaskDraft> {
  const { action, clauses, indicator, indicatorAtLeast, startsOn, dueOn } = draft
  if (!zone.pillars.some((pillar) => pillar.action.code === action))
    throw errors.UNKNOWN_ACTION({ data: { action } })
  const clause = clauses.find((one) => !zone.clauses.some(({ id }) => id === one))
  if (clause !== undefined) throw errors.UNKNOWN_CLAUSE({ data: { clause } })
  if (indicator !== null && !figures.isIndicator(indicator))
    throw errors.UNKNOWN_INDICATOR({ data: { code: indicator } })
  if ((indicator === null) !== (indicatorAtLeast === null)) throw errors.HALF_A_TARGET()
  if (startsOn !== null && dueOn !== null && dueOn < startsOn)
    throw errors.ENDS_BEFORE_IT_BEGINS({ data: { startsOn, dueOn } })
  const origin = async (kind: 'decision' | 'issue' | 'guidance', number: number | null) => {
    if (number === null) return null
    const id = await findOriginId(tx, kind, number)
    if (id === undefined) throw errors.UNKNOWN_ORIGIN({ data: { kind, number } })
    return id
  }
  return {
    ...draft,
    decisionId: await origin('decision', decision),
    issueId: await origin('issue', issue),
    guidanceId: await origin('guidance', guidance),
  }
}

const cut = ({ version: _, code: __, ...draft }: DraftInput & { version: number; code: string }) => draft

function keepingHandlers(figures: Figures) {
  const addTask = os.addTask.handler(({ input: { year, ...draft }, context, errors }) =>
    context.write(async (tx) => {
      const annual = await lockYear(tx, year)
      if (annual === undefined) throw errors.UNKNOWN_YEAR({ data: { year } })
      const task = await draftOf(tx, context, figures, draft, errors)
      const { id, number } = await insertTask(tx, annual.id, {
        ...task,
        createdBy: byWhom(context.actor).by,
        createdAt: context.now,
      })
      const code = taskCode(year, number)
      await recordAudit(tx, context, {
        action: 'plan.task-added',
        subject: { kind: 'planTask', id },
        detail: { code, action: task.action },
      })
      return { code, version: 1 }
    }),
  )

  const editTask = os.editTask.handler(({ input, context, errors }) =>
    context.write(async (tx) => {
      const { task } = await heldTask(tx, context, input.code, errors)
      refuseState(task, ['planned'], errors)
      if (task.baselineDueOn !== null) throw errors.PROMISED()
      refuseStale(task, input.version, errors)
      const version = await updateTask(tx, task, await draftOf(tx, context, figures, cut(input), errors))
      await recordAudit(tx, context, {
        action: 'plan.task-reworked',
        subject: { kind: 'planTask', id: task.id },
        detail: { code: input.code },
      })
      return { code: input.code, version }
    }),
  )
  return { addTask, editTask }
}

const changeTask = os.changeTask.handler(({ input, context, errors }) => {
  const { code, startsOn, dueOn, target, reason } = input
  if (dueOn < startsOn) throw errors.ENDS_BEFORE_IT_BEGINS({ data: { startsOn, dueOn } })
  return context.write(async (tx) => {
    const { task } = await heldTask(tx, context, code, errors)
    refuseState(task, ['planned', 'active'], errors)
    if (task.baselineDueOn === null) throw errors.NOT_PROMISED()
    refuseStale(task, input.version, errors)
    if (task.startsOn === startsOn && task.dueOn === dueOn && task.target === target)
      throw errors.NOTHING_CHANGED()
    const { by, byId } = byWhom(context.actor)
    await insertChange(tx, {
      taskId: task.id,
      before: task,
      after: { startsOn, dueOn, target },
      reason,
      changedBy: by,
      changedById: byId,
      changedOn: context.today,
      changedAt: context.now,
    })
    const version = await updateTask(tx, task, { startsOn, dueOn, target })
    await recordAudit(tx, context, {
      action: 'plan.promise-moved',
      subject: { kind: 'planTask', id: task.id },
      detail: { code, dueBefore: task.dueOn, dueAfter: dueOn, reason },
    })
    return { code, version }
  })
})

const startTask = os.startTask.handler(({ input: { code, version }, context, errors }) =>
  context.write(async (tx) => {
    const { task, seats } = await heldTask(tx, context, code, errors)
    refuseState(task, ['planned'], errors)
    if (!mayDo('start', task, context, seats)) throw errors.FORBIDDEN()
    refuseStale(task, version, errors)
    const missing = missingOf({ ...task, hasPerson: task.personName !== null })
    if (missing.length > 0) {
      const clause = context.zone.governance.settledBy
      const words = context.zone.clauses.find(({ id }) => id === clause)?.term ?? null
      throw errors.NOT_SETTLED({ data: { missing, clause, words } })
    }
    const next = await updateTask(tx, task, { state: 'active', startedOn: context.today })
    await recordAudit(tx, context, {
      action: 'plan.task-started',
      subject: { kind: 'planTask', id: task.id },
      detail: { code },
    })
    return { code, version: next }
  }),
)

const cancelTask = os.cancelTask.handler(({ input: { code, version, reason }, context, errors }) =>
  context.write(async (tx) => {
    const { task } = await heldTask(tx, context, code, errors)
    refuseState(task, ['planned', 'active'], errors)
    refuseStale(task, version, errors)
    const next = await updateTask(tx, task, { state: 'cancelled', cancelledBecause: reason })
    await recordAudit(tx, context, {
      action: 'plan.task-given-up',
      subject: { kind: 'planTask', id: task.id },
      detail: { code, reason },
    })
    return { code, version: next }
  }),
)

function completingHandler(figures: Figures) {
  return os.completeTask.handler(async ({ input: { code, version, result }, context, errors }) => {
    return context.write(async (tx) => {
      const { task } = await heldTask(tx, context, code, errors)
      refuseState(task, ['active'], errors)
      refuseStale(task, version, errors)
      if (task.percent < 100) throw errors.NOT_REPORTED({ data: { percent: task.percent } })
      const figure = await figureReached(figures, context, task, errors)
      const next = await updateTask(tx, task, {
        state: 'completed',
        completedOn: context.today,
        result,
        ...figure,
      })
      await recordAudit(tx, context, {
        action: 'plan.task-accepted',
        subject: { kind: 'planTask', id: task.id },
        detail: { code, result, ...figure },
      })
      return { code, version: next }
    })
  })
}

/** The figure that is the task's result; below what was promised, or covered, the task is not done. */
async function figureReached(
  figures: Figures,
  context: Context,
  { indicator, indicatorAtLeast: atLeast }: TaskRecord,
  errors: {
    TARGET_NOT_MET(refusal: { data: { indicator: string; value: number | null; atLeast: number } }): Error
  },
) {
  if (indicator === null || atLeast === null) return { resultValue: null, resultAsOf: null }
  const value = await figures.publishedValue(context, indicator)
  if (value === null || value < atLeast) throw errors.TARGET_NOT_MET({ data: { indicator, value, atLeast } })
  return { resultValue: value, resultAsOf: date(context.today) }
}

export function taskHandlers(figures: Figures) {
  return {
    ...keepingHandlers(figures),
    changeTask,
    startTask,
    cancelTask,
    completeTask: completingHandler(figures),
  }
}
