import type { z } from 'zod'
import { isStaffActor } from './reader.ts'
import { date, type CalendarDate } from '#platform/calendar.ts'
import type { Context } from '#platform/context.ts'
import { actsOn, type Seats } from './duty.rules.ts'
import { findAssignments, type AssignmentRecord } from './assignment.store.ts'
import { findEvidence, findReports, type EvidenceRecord } from './report.store.ts'
import type { TaskDetail, TaskRow } from './task.contract.ts'
import {
  byUrgency,
  daysLate,
  expectedPercent,
  missingOf,
  standingOf,
  STANDINGS,
  taskCode,
} from './task.rules.ts'
import { findBaselines, findChanges, findOrigins, type TaskRecord } from './task.store.ts'

export type TaskLine = z.infer<typeof TaskRow>
type Detail = z.infer<typeof TaskDetail>

type Reader = Pick<Context, 'actor' | 'today'>

/** A task as a reader is shown it: names of persons are for those who act for a public office. */
export function showTask(task: TaskRecord, { actor, today }: Reader): TaskLine {
  const onDay = {
    ...task,
    hasPerson: task.personName !== null,
    baselineDueOn: task.baselineDueOn,
  }
  const { baselineStartsOn, baselineDueOn, startsOn, dueOn } = task
  const staff = isStaffActor(actor)
  return {
    code: taskCode(task.year, task.number),
    year: task.year,
    action: task.action,
    clauses: task.clauses,
    title: task.title,
    state: task.state,
    standing: standingOf(onDay, today),
    daysLate: daysLate(task, today),
    startsOn,
    dueOn,
    baseline:
      baselineStartsOn === null || baselineDueOn === null
        ? null
        : { startsOn: baselineStartsOn, dueOn: baselineDueOn },
    moved: task.moved,
    startedOn: task.startedOn,
    completedOn: task.completedOn,
    target: task.target,
    indicator: task.indicator,
    percent: task.percent,
    expected:
      startsOn === null || dueOn === null ? null : expectedPercent(date(startsOn), date(dueOn), today),
    missing: missingOf(onDay),
    unit: task.unit,
    hasPerson: onDay.hasPerson,
    person: staff ? task.personName : null,
    decision: staff || task.decisionPublic === true ? task.decisionNumber : null,
    published: baselineDueOn !== null,
    version: task.version,
  }
}

/** Late first. */
export function showTasks(tasks: readonly TaskRecord[], reader: Reader): TaskLine[] {
  return tasks
    .filter((task) => task.baselineDueOn !== null || isStaffActor(reader.actor))
    .map((task) => showTask(task, reader))
    .sort(byUrgency)
}

export function countStandings(tasks: readonly TaskLine[]): Record<TaskLine['standing'], number> {
  const counts = Object.fromEntries(STANDINGS.map((standing) => [standing, 0])) as Record<
    TaskLine['standing'],
    number
  >
  for (const { standing } of tasks) counts[standing] += 1
  return counts
}

/** Everything there is of one task. */
export async function showDetail(task: TaskRecord, context: Context, seats: Seats): Promise<Detail> {
  const { db, actor } = context
  const staff = isStaffActor(actor)
  const [baselines, changes, given, reports, evidence, origins] = await Promise.all([
    findBaselines(db, task.id),
    findChanges(db, task.id),
    findAssignments(db, task.id),
    findReports(db, task.id),
    findEvidence(db, task.id),
    findOrigins(db, task),
  ])
  const duty = { ...task, published: task.baselineDueOn !== null }
  return {
    ...showTask(task, context),
    id: task.id,
    detail: task.detail,
    indicatorAtLeast: task.indicatorAtLeast,
    result: task.result,
    resultValue: task.resultValue,
    resultAsOf: task.resultAsOf,
    cancelledBecause: task.cancelledBecause,
    issue: staff ? origins.issue : null,
    guidance: staff ? origins.guidance : null,
    baselines,
    assignments: given.map((one) => showAssignment(one, context.today, staff)),
    changes: changes.map((change) => ({
      id: change.id,
      changedOn: change.changedOn,
      changedBy: staff ? change.changedBy : null,
      reason: change.reason,
      before: { startsOn: change.startsBefore, dueOn: change.dueBefore, target: change.targetBefore },
      after: { startsOn: change.startsAfter, dueOn: change.dueAfter, target: change.targetAfter },
    })),
    // What was reported is for everyone; the files behind it may hold what is not, so the public sees their hash alone.
    reports: reports.map((report) => ({
      id: report.id,
      reportedOn: report.reportedOn,
      unit: report.unit,
      reportedBy: staff ? report.reportedBy : null,
      percent: report.percent,
      done: report.done,
      obstacles: report.obstacles,
      evidence: evidence.filter(({ reportId }) => reportId === report.id).map(showEvidence),
    })),
    looseEvidence: staff ? evidence.filter(({ reportId }) => reportId === null).map(showEvidence) : [],
    may: actsOn(duty, actor, seats),
  }
}

function showAssignment(
  given: AssignmentRecord,
  today: CalendarDate,
  staff: boolean,
): Detail['assignments'][number] {
  const sits = given.personName !== null && (given.personValidTo === null || given.personValidTo > today)
  return {
    id: given.id,
    parentId: given.parentId,
    level: given.level,
    unit: given.unit,
    leads: given.leads,
    hasPerson: sits,
    person: staff ? given.personName : null,
    assignedOn: given.assignedOn,
    assignedBy: staff ? given.assignedBy : null,
    endedOn: given.endedOn,
    endReason: given.endReason,
  }
}

export function showEvidence(evidence: EvidenceRecord): Detail['looseEvidence'][number] {
  const { id, title, fileName, fileHash, bytes } = evidence
  return { id, title, fileName, fileHash, bytes, addedOn: evidence.addedAt.toISOString() }
}
