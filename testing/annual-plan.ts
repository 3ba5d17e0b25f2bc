import { type As, testAccountId, type World } from './world.ts'
import { recordAudit } from '../src/ledger/public.ts'
import { insertSeat } from '../src/plan/assignment.store.ts'

/** A person of a public office who sits in a unit, and how they call. */
export async function seatIn(w: World, unit: string, name: string): Promise<{ seatId: string; as: As }> {
  const accountId = testAccountId(name)
  const seatId = await w.write(async (tx, context) => {
    const id = await insertSeat(tx, {
      unit,
      accountId,
      personName: name,
      position: '科长',
      validFrom: '2026-01-01',
    })
    await recordAudit(tx, context, { action: 'plan.seat-taken', subject: { kind: 'planSeat', id } })
    return id
  })
  return { seatId, as: { roles: ['operator'], accountId } }
}

export const DRAFT = {
  action: 'growing',
  title: '引进服务机构',
  detail: '按产业链引进。',
  clauses: ['S20'],
  startsOn: '2026-02-01',
  dueOn: '2026-12-31',
  target: '名录内机构超过一百家',
}

/** Opens the year, puts tasks into it and has it approved; answers their codes. */
export async function approvedPlan(w: World, year: number, drafts: readonly object[]): Promise<string[]> {
  const officer = w.as('officer')
  await officer.post('/api/v1/plan/years', { year, title: `${year} 年度推进计划` })
  const codes: string[] = []
  for (const draft of drafts) {
    const { body } = await officer.post(`/api/v1/plan/years/${year}/tasks`, { ...DRAFT, ...draft })
    codes.push(body.code)
  }
  const { body: handedIn } = await officer.post(`/api/v1/plan/years/${year}/versions`, {
    version: 1,
    cause: '年度计划',
  })
  await w.as('leader').post(`/api/v1/plan/versions/${handedIn.id}/decision`, { approve: true, note: '同意' })
  return codes
}

/** Hands a task from the district to a department whose person answers for it. */
export async function handTo(w: World, code: string, seatId: string): Promise<void> {
  const officer = w.as('officer')
  await officer.post(`/api/v1/plan/tasks/${code}/assignments`, { unit: 'district-government' })
  await officer.post(`/api/v1/plan/tasks/${code}/assignments`, { unit: 'ip-office', seatId, leads: true })
}
