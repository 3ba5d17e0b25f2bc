import { z } from 'zod'
import { addDays, daysBetween, todayIn } from '#platform/calendar.ts'
import type { Analytics } from '#platform/analytics.ts'
import type { Config } from '#platform/config.ts'
import type { Context } from '#platform/context.ts'
import { inAuditedTransaction, type Db } from '#platform/database.ts'
import type { FileStore } from '#platform/files.ts'
import { defineJob, type AnyJob } from '#platform/jobs.ts'
import { notify } from '../notices/public.ts'
import { recordAudit } from '../ledger/public.ts'
import type { ZoneProfile } from '../zone/rules.ts'
import { listDueClocks, updateClock, type DueClock } from './clock.store.ts'
import type { Clock, Procedures } from './define.ts'
import type { Words } from './form.rules.ts'
import { deadlineNotice } from './notices.ts'
import { releaseOrphans } from './orphans.ts'
import { stepOf } from './procedure.rules.ts'
import { recountIfChanged } from './recount.ts'
import { applyStep } from './step.ts'
import { applicantSide, officeSide } from './telling.ts'
import type { Standing } from './standing.ts'

interface Deps {
  readonly db: Db
  readonly analytics: Analytics
  readonly files: FileStore
  readonly config: Pick<Config, 'publicUrl'>
  readonly zone: { current(): ZoneProfile }
}

/** What a job acts as: nobody in particular, with what a handler would have. */
function jobContext({ db, analytics, files, config, zone }: Deps, job: string): Context {
  const now = new Date()
  const profile = zone.current()
  return {
    db,
    analytics,
    files,
    zone: profile,
    now,
    publicUrl: config.publicUrl,
    actor: {
      kind: 'system',
      job,
    },
    today: todayIn(profile.timeZone, now),
    requestId: `${job}-${now.getTime()}`,
    headers: new Headers(),
    authorise: () => undefined,
    write: (work) => inAuditedTransaction(db, work),
  }
}

const nothing = z.object({})
const PAGE = 500
/** A reminder is asked for at most this many days ahead. */
const FARTHEST = 60
const ESCALATED = -1

export function matterJobs(procedures: Procedures): readonly AnyJob<Deps>[] {
  return [
    defineJob({
      name: 'matters.recount-clocks',
      schema: nothing,
      cron: '* * * * *',
      run: async (deps: Deps) => {
        await recountIfChanged(jobContext(deps, 'matters.recount-clocks'))
      },
    }),
    defineJob({
      name: 'matters.look-at-deadlines',
      schema: nothing,
      cron: '*/10 * * * *',
      run: (deps: Deps) => lookAtDeadlines(jobContext(deps, 'matters.look-at-deadlines'), procedures),
    }),
    defineJob({
      name: 'matters.release-orphans',
      schema: nothing,
      cron: '*/5 * * * *',
      run: async (deps: Deps) => {
        await releaseOrphans(jobContext(deps, 'matters.release-orphans'), procedures)
      },
    }),
  ]
}

/** Reminds before, escalates after, and takes the step that a rule attaches to a clock that ran out. Once each. */
export async function lookAtDeadlines(context: Context, procedures: Procedures): Promise<void> {
  const until = addDays(context.today, FARTHEST)
  for (let after: string | undefined; ;) {
    const due = await listDueClocks(context.db, until, {
      ...(after === undefined ? {} : { after }),
      limit: PAGE,
    })
    for (const clock of due) await lookAt(context, procedures, clock)
    after = due.at(-1)?.clockId
    if (due.length < PAGE) return
  }
}

async function lookAt(context: Context, procedures: Procedures, due: DueClock): Promise<void> {
  const procedure = procedures.get(due.procedureCode)
  const declared = procedure?.clocks[due.code]
  if (procedure === undefined || declared === undefined) return
  const left = daysBetween(context.today, due.dueOn)
  if (left < 0 && declared.onExpiry !== undefined) {
    await expire(context, procedures, due, declared.onExpiry)
    return
  }
  if (left < 0) {
    if (!due.reminded.includes(ESCALATED))
      await tell(context, procedures, due, declared, { left, mark: ESCALATED })
    return
  }
  const mark = reminderFor(declared.remindDaysBefore ?? [], left)
  if (mark !== undefined && !due.reminded.includes(mark))
    await tell(context, procedures, due, declared, { left, mark })
}

/** The nearest reminder that has come: a job that slept over two of them sends the later one only. */
function reminderFor(daysBefore: readonly number[], left: number): number | undefined {
  const come = daysBefore.filter((days) => left <= days)
  return come.length === 0 ? undefined : Math.min(...come)
}

async function tell(
  context: Context,
  procedures: Procedures,
  due: DueClock,
  declared: Clock<string, string>,
  { left, mark }: { left: number; mark: number },
): Promise<void> {
  const procedure = procedures.get(due.procedureCode)
  if (procedure === undefined) return
  const owner = due.owner === 'office' ? officeSide(procedure, due) : applicantSide(due)
  const escalated =
    mark === ESCALATED && declared.escalateTo !== undefined ? [{ roles: [declared.escalateTo] as const }] : []
  await context.write(async (tx) => {
    await updateClock(tx, due.clockId, { reminded: [...due.reminded, mark] })
    const to = [...owner, ...escalated]
    if (to.length > 0)
      await notify(tx, context, {
        to,
        kind: deadlineNotice,
        subject: { kind: 'matter', id: due.number },
        words: wordsOf(due, declared.names, left),
        href: due.owner === 'office' ? `/work/matters/${due.number}` : `/my/matters/${due.number}`,
        once: `${due.clockId}-${due.dueOn}-${mark}`,
      })
    await recordAudit(tx, context, {
      action: mark === ESCALATED ? 'matter.escalated' : 'matter.reminded',
      subject: { kind: 'matter', id: due.matterId },
      detail: { number: due.number, clock: due.code, due: due.dueOn, left },
    })
  })
}

function wordsOf({ number, dueOn }: DueClock, clock: Words, left: number): Words {
  if (left < 0)
    return { zh: `${number} ${clock.zh}已逾期（${dueOn}）`, en: `${number}: ${clock.en} was due on ${dueOn}` }
  if (left === 0) return { zh: `${number} ${clock.zh}今天到期`, en: `${number}: ${clock.en} is due today` }
  return {
    zh: `${number} ${clock.zh}还有 ${left} 天（${dueOn}）`,
    en: `${number}: ${clock.en} is due in ${left} days, on ${dueOn}`,
  }
}

/** The step of the rule, taken by nobody: silence counts as what the rule says it counts as. */
async function expire(context: Context, procedures: Procedures, due: DueClock, step: string): Promise<void> {
  const procedure = procedures.get(due.procedureCode)
  if (procedure === undefined || stepOf(procedure, step) === undefined) return
  const standing: Standing = {
    side: 'system',
    isHandler: false,
    accountId: null,
    name: 'system',
    roles: [],
    stations: [],
  }
  await context
    .write((tx) => applyStep(tx, context, procedure, due.matterId, standing, { step, expired: due.code }))
    .catch((error: unknown) => {
      // Moved by somebody while this was looking at it: then there is nothing to expire.
      const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
      if (code !== 'NOT_NOW' && code !== 'BLOCKED') throw error
    })
}
