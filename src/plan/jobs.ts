import { z } from 'zod'
import { todayIn } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import { inAuditedTransaction, type Db } from '#platform/database.ts'
import { defineJob } from '#platform/jobs.ts'
import { recordAudit } from '../ledger/public.ts'
import type { Role } from '../identity/roles.ts'
import { notify } from '../notices/public.ts'
import type { ZoneProfile } from '../zone/rules.ts'
import { lateNotice } from './notices.ts'
import { standingOf, taskCode } from './task.rules.ts'
import { findTasks, type TaskRecord } from './task.store.ts'

interface Deps {
  readonly db: Db
  readonly zone: { readonly current: () => ZoneProfile }
}

/** Tells who answers for a late task, once for each promised day; the office is told of tasks that nobody answers for. */
export async function tellOfLateTasks(
  db: Db,
  context: Pick<Context, 'actor' | 'requestId' | 'now' | 'today'>,
): Promise<number> {
  const tasks = (await findTasks(db, context.today)).flatMap((task) => {
    const standing = standingOf({ ...task, hasPerson: task.personName !== null }, context.today)
    return standing === 'late' || standing === 'startLate' || standing === 'unmanned'
      ? [{ task, standing }]
      : []
  })
  if (tasks.length === 0) return 0
  return inAuditedTransaction(db, async (tx) => {
    let told = 0
    for (const { task, standing } of tasks) told += await notify(tx, context, noticeOf(task, standing))
    await recordAudit(tx, context, {
      action: 'plan.lateness-told',
      subject: { kind: 'annualPlan', id: 'late' },
      detail: { tasks: tasks.length, told },
    })
    return told
  })
}

function noticeOf(task: TaskRecord, standing: 'late' | 'startLate' | 'unmanned') {
  const code = taskCode(task.year, task.number)
  const words = {
    late: { zh: `任务 ${code} 已逾期`, en: `Task ${code} is late` },
    startLate: { zh: `任务 ${code} 未按期启动`, en: `Task ${code} has not started in time` },
    unmanned: { zh: `任务 ${code} 责任人空缺`, en: `Task ${code} has nobody who answers for it` },
  }[standing]
  return {
    to:
      task.leadAccountId === null
        ? { roles: ['officer'] as [Role, ...Role[]] }
        : [{ accounts: [task.leadAccountId] }, { roles: ['officer'] as [Role, ...Role[]] }],
    kind: lateNotice,
    subject: { kind: 'planTask', id: task.id },
    words,
    href: `/work/plan/tasks/${code}` as const,
    // A promise that was moved and missed again is told again.
    once: `plan-${code}-${standing}-${standing === 'startLate' ? task.startsOn : task.dueOn}`,
  }
}

const tellEveryMorning = defineJob({
  name: 'plan.tell-of-late-tasks',
  schema: z.object({}),
  cron: '30 8 * * *',
  run: async ({ db, zone }: Deps) => {
    const now = new Date()
    await tellOfLateTasks(db, {
      actor: { kind: 'system', job: 'plan.tell-of-late-tasks' },
      requestId: `plan-late-${now.getTime()}`,
      now,
      today: todayIn(zone.current().timeZone, now),
    })
  },
})

export const planJobs = [tellEveryMorning]
