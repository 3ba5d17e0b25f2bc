import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { inAuditedTransaction } from '#platform/database.ts'
import { world, type World } from '#testing/world.ts'
import { STANDINGS } from '../../plan/task.rules.ts'
import { insertAnnualPlan } from './annual-plan.ts'
import { TwinParameters } from './parameters.ts'

let w: World
let parameters: TwinParameters

beforeAll(async () => {
  w = await world()
  const file = join(w.config.zoneFolder, 'scenarios', `${w.config.scenario}.json`)
  parameters = TwinParameters.parse(JSON.parse(readFileSync(file, 'utf8')))
  w.setToday(parameters.until)
  const { annualPlan: plan, seed } = parameters
  await inAuditedTransaction(w.db, (tx) => insertAnnualPlan(tx, w.context(), [], { plan, seed }))
})

test('[F088] [S196] the twin has tasks in every state, and those that run late stand first', async () => {
  const { body } = await w.as('officer').get('/api/v1/plan/tasks')
  expect(body.total).toBe(parameters.annualPlan.tasks.length)
  const met = new Set(body.items.map((one: any) => one.standing))
  for (const standing of [
    'late',
    'startLate',
    'active',
    'completed',
    'completedLate',
    'cancelled',
    'unsettled',
  ])
    expect([standing, met.has(standing)]).toEqual([standing, true])
  const ranks = body.items.map((one: any) => STANDINGS.indexOf(one.standing))
  expect(ranks).toEqual(ranks.toSorted((a: number, b: number) => a - b))
})

test('[F088] [S197] no task of the twin runs without its person, and every task done shows its evidence', async () => {
  const { body } = await w.as('officer').get('/api/v1/plan/tasks')
  for (const { code, state, hasPerson } of body.items) {
    if (state === 'active') expect([code, hasPerson]).toEqual([code, true])
    if (state !== 'completed') continue
    const task = (await w.as('officer').get(`/api/v1/plan/tasks/${code}`)).body
    const proofs = task.reports.flatMap((report: any) => report.evidence)
    expect([code, proofs.length]).toEqual([code, 1])
    const file = await w.as('officer').get(`/api/v1/plan/evidence/${proofs[0].id}`)
    expect(file.body).toContain(task.title)
  }
})

test('[F089] [S186] decisions of the twin open to the tasks that carry them out', async () => {
  const { body } = await w.as('visitor').get('/api/v1/leading-group/decisions')
  const tasked = body.items.filter((one: any) => one.tasks > 0)
  expect(tasked.length).toBeGreaterThan(1)
  const hidden = parameters.annualPlan.meetings
    .flatMap(({ items }) => items)
    .filter((item) => item.decision?.public === false)
  expect((await w.as('officer').get('/api/v1/leading-group/decisions')).body.total).toBe(
    body.total + hidden.length,
  )
})
