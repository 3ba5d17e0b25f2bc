import type { Insertable } from 'kysely'
import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import type { Database, Tx } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'
import type { CreatedDemoAccount } from '../../identity/public.ts'
import { recordAudit } from '../../ledger/public.ts'
import { Random } from '../random.ts'

const day = z.iso.date()

/** What the synthetic zone set itself to do: words and days are data, since they speak of one zone. */
export const AnnualPlanParameters = z.strictObject({
  year: z.int(),
  title: z.string().min(1),
  approvedOn: day,
  /** Who sits where; the person is the demo account of that role. */
  seats: z
    .array(z.strictObject({ unit: z.string(), role: z.string(), position: z.string(), from: day }))
    .min(1),
  meetings: z.array(
    z.strictObject({
      body: z.string(),
      title: z.string(),
      heldOn: day,
      place: z.string(),
      chair: z.string(),
      minutes: z.string(),
      items: z.array(
        z.strictObject({
          title: z.string(),
          unit: z.string(),
          decision: z
            .strictObject({ words: z.string(), dueOn: day.nullable(), public: z.boolean() })
            .nullable(),
        }),
      ),
    }),
  ),
  issues: z.array(
    z.strictObject({
      title: z.string(),
      detail: z.string(),
      raisedUnit: z.string(),
      ownerUnit: z.string(),
      raisedOn: day,
      dueOn: day,
      answer: z.strictObject({ words: z.string(), on: day }).nullable(),
    }),
  ),
  guidance: z.array(
    z.strictObject({
      department: z.string(),
      subject: z.string(),
      words: z.string(),
      receivedOn: day,
      dueOn: day.nullable(),
      response: z.strictObject({ words: z.string(), on: day }).nullable(),
    }),
  ),
  tasks: z.array(
    z.strictObject({
      action: z.string(),
      title: z.string(),
      clauses: z.array(z.string()),
      startsOn: day.nullable(),
      dueOn: day.nullable(),
      target: z.string().nullable(),
      /** The department that leads; null where nobody answers for it yet. */
      unit: z.string().nullable(),
      park: z.string().nullable(),
      state: z.enum(['planned', 'active', 'completed', 'cancelled']),
      startedOn: day.nullable(),
      completedOn: day.nullable(),
      percent: z.int().min(0).max(100),
      said: z.string().nullable(),
      indicator: z.strictObject({ code: z.string(), atLeast: z.number() }).nullable(),
      /** The number of the decision it carries out, counted over all meetings from 1. */
      decision: z.int().nullable(),
      moved: z.strictObject({ dueOn: day, on: day, reason: z.string() }).nullable(),
      draft: z.boolean(),
    }),
  ),
})
export type AnnualPlanParameters = z.infer<typeof AnnualPlanParameters>
type TaskParameters = AnnualPlanParameters['tasks'][number]
type Row<Table extends keyof Database> = Insertable<Database[Table]>

interface Scene {
  readonly tx: Tx
  readonly context: Context
  readonly plan: AnnualPlanParameters
  readonly random: Random
  readonly office: { id: string; name: string }
  readonly seats: ReadonlyMap<string, { id: string; name: string }>
}

const noon = (on: string) => `${on}T04:00:00Z`
const put = <Table extends keyof Database & string>(
  { tx }: Scene,
  table: Table,
  rows: readonly Row<Table>[],
) => insertAll(tx, table, rows)

/** The annual plan of the twin in all its states, with the meetings and issues around it. The caller's seed decides ids. */
export async function insertAnnualPlan(
  tx: Tx,
  context: Context,
  accounts: readonly CreatedDemoAccount[],
  { plan, seed }: { plan: AnnualPlanParameters; seed: string },
): Promise<void> {
  const random = new Random(`${seed}/annual-plan`)
  const who = (role: string) => {
    const account = accounts.find((one) => one.role === role)
    return { id: account?.accountId ?? random.uuid(), name: account?.name ?? role }
  }
  const seats = new Map<string, { id: string; name: string }>()
  const seatRows = plan.seats.map(({ unit, role, position, from }): Row<'planSeat'> & { id: string } => {
    const person = who(role)
    const id = random.uuid()
    if (!seats.has(unit)) seats.set(unit, { id, name: person.name })
    return {
      id,
      unit,
      accountId: person.id,
      personName: person.name,
      position,
      validFrom: from,
      validTo: null,
    }
  })
  const scene: Scene = { tx, context, plan, random, office: who('officer'), seats }
  await put(scene, 'planSeat', seatRows)
  const decisions = await insertMeetings(scene)
  await insertIssues(scene)
  await insertTasks(scene, who('leader').name, decisions)
  await recordAudit(tx, context, {
    action: 'scenario.loaded',
    subject: { kind: 'scenario', id: 'annual-plan' },
    detail: { year: plan.year, tasks: plan.tasks.length },
  })
}

async function insertMeetings(scene: Scene): Promise<string[]> {
  const { plan, random, office } = scene
  const [meetings, items, decisions] = [
    [] as Row<'leadingMeeting'>[],
    [] as Row<'leadingAgendaItem'>[],
    [] as Row<'leadingDecision'>[],
  ]
  const counted = new Map<string, number>()
  for (const { items: agenda, ...meeting } of plan.meetings) {
    const id = random.uuid()
    const number = (counted.get(meeting.body) ?? 0) + 1
    counted.set(meeting.body, number)
    meetings.push({ ...meeting, id, number, state: 'held', attendees: [meeting.chair], version: 2 })
    for (const [index, { title, unit, decision }] of agenda.entries()) {
      const itemId = random.uuid()
      items.push({ id: itemId, meetingId: id, position: index + 1, title, detail: '', unit })
      if (decision === null) continue
      decisions.push({
        ...decision,
        id: random.uuid(),
        meetingId: id,
        agendaItemId: itemId,
        decidedOn: meeting.heldOn,
        recordedBy: office.name,
      })
    }
  }
  await put(scene, 'leadingMeeting', meetings)
  await put(scene, 'leadingAgendaItem', items)
  // One at a time: the database numbers them in the order of the meetings.
  for (const decision of decisions) await put(scene, 'leadingDecision', [decision])
  return decisions.map(({ id }) => String(id))
}

async function insertIssues(scene: Scene): Promise<void> {
  const { plan, random, office, seats } = scene
  for (const { answer, ...issue } of plan.issues) {
    await put(scene, 'coordinationIssue', [
      {
        ...issue,
        id: random.uuid(),
        raisedBy: seats.get(issue.raisedUnit)?.name ?? office.name,
        raisedById: office.id,
        state: answer === null ? 'open' : 'answered',
        answer: answer?.words ?? null,
        answeredOn: answer?.on ?? null,
        answeredBy: answer === null ? null : (seats.get(issue.ownerUnit)?.name ?? office.name),
      },
    ])
  }
  for (const { response, ...one } of plan.guidance) {
    await put(scene, 'cityGuidance', [
      {
        ...one,
        id: random.uuid(),
        response: response?.words ?? null,
        respondedOn: response?.on ?? null,
        respondedBy: response === null ? null : office.name,
        recordedBy: office.name,
      },
    ])
  }
}

async function insertTasks(scene: Scene, approvedBy: string, decisions: readonly string[]): Promise<void> {
  const { plan, random, office } = scene
  const { year, title, approvedOn } = plan
  const planId = random.uuid()
  const openedAt = noon(approvedOn)
  await put(scene, 'annualPlan', [{ id: planId, year, title, openedBy: office.name, openedAt, version: 2 }])
  const tasks = plan.tasks.map((task, index) => ({ task, id: random.uuid(), number: index + 1 }))
  await put(
    scene,
    'planTask',
    tasks.map(({ task, id, number }) => taskRow(task, { id, number, planId, decisions, scene })),
  )
  const versionId = random.uuid()
  const held = tasks.filter(({ task }) => !task.draft)
  const content = held.map(({ task, number }) => ({
    code: `${year}-${String(number).padStart(2, '0')}`,
    action: task.action,
    title: task.title,
    startsOn: task.startsOn,
    dueOn: task.dueOn,
    target: task.target,
    unit: task.unit,
    indicator: task.indicator?.code ?? null,
  }))
  await put(scene, 'planVersion', [
    {
      id: versionId,
      planId,
      number: 1,
      state: 'approved',
      cause: title,
      content: content,
      submittedBy: office.name,
      submittedById: office.id,
      submittedAt: openedAt,
      decidedBy: approvedBy,
      decidedAt: openedAt,
      decisionNote: '同意',
    },
  ])
  await put(
    scene,
    'planBaseline',
    held.map(({ task, id }) => ({
      taskId: id,
      versionId,
      startsOn: task.startsOn ?? approvedOn,
      dueOn: task.dueOn ?? approvedOn,
      target: task.target ?? '',
      approvedOn,
    })),
  )
  for (const { task, id } of tasks) await insertWork(scene, task, id)
}

interface Placed {
  readonly id: string
  readonly number: number
  readonly planId: string
  readonly decisions: readonly string[]
  readonly scene: Scene
}

function taskRow(task: TaskParameters, { id, number, planId, decisions, scene }: Placed): Row<'planTask'> {
  const done = task.state === 'completed'
  return {
    id,
    planId,
    number,
    action: task.action,
    clauses: task.clauses,
    title: task.title,
    detail: '',
    startsOn: task.startsOn,
    dueOn: task.moved?.dueOn ?? task.dueOn,
    target: task.target,
    indicator: task.indicator?.code ?? null,
    indicatorAtLeast: task.indicator?.atLeast ?? null,
    state: task.state,
    percent: task.percent,
    startedOn: task.startedOn,
    completedOn: task.completedOn,
    cancelledBecause: task.state === 'cancelled' ? task.said : null,
    result: done ? task.said : null,
    decisionId: task.decision === null ? null : (decisions[task.decision - 1] ?? null),
    createdBy: scene.office.name,
    createdAt: noon(scene.plan.approvedOn),
  }
}

async function insertWork(scene: Scene, task: TaskParameters, taskId: string): Promise<void> {
  await insertAssignments(scene, task, taskId)
  const { office, random, plan } = scene
  if (task.moved !== null) {
    await put(scene, 'planChange', [
      {
        id: random.uuid(),
        taskId,
        startsBefore: task.startsOn,
        dueBefore: task.dueOn,
        targetBefore: task.target,
        startsAfter: task.startsOn,
        dueAfter: task.moved.dueOn,
        targetAfter: task.target,
        reason: task.moved.reason,
        changedBy: office.name,
        changedById: office.id,
        changedOn: task.moved.on,
        changedAt: noon(task.moved.on),
      },
    ])
  }
  if (task.said === null || task.startedOn === null) return
  const reportId = random.uuid()
  const reportedOn = task.completedOn ?? task.startedOn
  await put(scene, 'planReport', [
    {
      id: reportId,
      taskId,
      percent: task.percent,
      done: task.said,
      obstacles: null,
      reportedBy: office.name,
      reportedById: office.id,
      unit: task.unit ?? plan.seats[0]?.unit ?? '',
      reportedOn,
      recordedAt: noon(reportedOn),
    },
  ])
  if (task.state === 'completed') await insertProof(scene, task, { taskId, reportId, on: reportedOn })
}

async function insertProof(
  scene: Scene,
  task: TaskParameters,
  { taskId, reportId, on }: { taskId: string; reportId: string; on: string },
): Promise<void> {
  const { context, office, random } = scene
  const words = `合成示例佐证 (synthetic)\n${task.title}\n${task.said ?? ''}\n`
  const { hash, size } = await context.files.put(new TextEncoder().encode(words), { maxBytes: 10_000 })
  await put(scene, 'planEvidence', [
    {
      id: random.uuid(),
      taskId,
      reportId,
      title: '完成情况说明',
      fileHash: hash,
      fileName: '完成情况说明.txt',
      contentType: 'text/plain; charset=utf-8',
      bytes: size,
      addedBy: office.name,
      addedById: office.id,
      addedAt: noon(on),
    },
  ])
}

/** District government, the department that leads, and where one is named, the park under it. */
async function insertAssignments(scene: Scene, task: TaskParameters, taskId: string): Promise<void> {
  const { context, plan, random, office, seats } = scene
  const top = context.zone.governance.units.find(({ level }) => level === 'district')
  if (top === undefined || task.unit === null) return
  const shared = { taskId, assignedBy: office.name, assignedById: office.id, assignedOn: plan.approvedOn }
  const [topId, leadId] = [random.uuid(), random.uuid()]
  const seat = seats.get(task.unit)
  const rows: Row<'planAssignment'>[] = [
    { ...shared, id: topId, parentId: null, level: 'district', unit: top.code, seatId: null, leads: false },
    {
      ...shared,
      id: leadId,
      parentId: topId,
      level: 'department',
      unit: task.unit,
      seatId: seat?.id ?? null,
      leads: seat !== undefined,
    },
  ]
  if (task.park !== null) {
    const parkSeat = seats.get(task.park)?.id ?? null
    rows.push({
      ...shared,
      id: random.uuid(),
      parentId: leadId,
      level: 'park',
      unit: task.park,
      seatId: parkSeat,
      leads: false,
    })
  }
  await put(scene, 'planAssignment', rows)
}
