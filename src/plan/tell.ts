import type { Context } from '#platform/context.ts'
import type { Tx } from '#platform/database.ts'
import { notify } from '../notices/public.ts'
import { accountsIn } from './assignment.store.ts'
import { assignedNotice } from './notices.ts'

interface Given {
  readonly taskId: string
  readonly code: string
  readonly unit: string
  /** The account of the person named; null tells everybody who sits in the unit. */
  readonly accountId: string | null
  readonly by: string
}

/** Tells whoever has the task now, in the transaction that gives it. */
export async function tellOfTask(tx: Tx, context: Context, given: Given): Promise<void> {
  const { taskId, code, unit, accountId, by } = given
  const accounts = accountId === null ? await accountsIn(tx, unit, context.today) : [accountId]
  await notify(tx, context, {
    to: { accounts },
    except: by,
    kind: assignedNotice,
    subject: { kind: 'planTask', id: taskId },
    words: { zh: `任务 ${code} 已分派给您`, en: `Task ${code} was given to you` },
    href: `/work/plan/tasks/${code}`,
  })
}

/** Tells the unit that owns an issue that somebody waits for its answer. */
export async function tellOfIssue(
  tx: Tx,
  context: Context,
  issue: { id: string; number: number; ownerUnit: string; dueOn: string; by: string },
): Promise<void> {
  await notify(tx, context, {
    to: { accounts: await accountsIn(tx, issue.ownerUnit, context.today) },
    except: issue.by,
    kind: assignedNotice,
    subject: { kind: 'coordinationIssue', id: issue.id },
    words: {
      zh: `跨部门事项第 ${issue.number} 号请于 ${issue.dueOn} 前答复`,
      en: `Issue no. ${issue.number} waits for your answer by ${issue.dueOn}`,
    },
    href: '/work/issues',
  })
}
