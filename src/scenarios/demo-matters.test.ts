import { beforeAll, expect, test } from 'vitest'
import { DEMO_TOTP_SECRET } from '../identity/demo-accounts.rules.ts'
import { createDemoAccounts } from '../identity/public.ts'
import { recordAudit } from '../ledger/public.ts'
import { world, type World } from '#testing/world.ts'
import { plantMatters } from './demo-matters.ts'

let w: World
let officer: string

beforeAll(async () => {
  w = await world()
  await w.write(async (tx, context) => {
    const accounts = await createDemoAccounts(tx, DEMO_TOTP_SECRET, context.now)
    officer = accounts.find(({ role }) => role === 'officer')?.accountId ?? ''
    expect(await plantMatters(tx, context, accounts)).toBeGreaterThan(10)
    await recordAudit(tx, context, { action: 'scenario.loaded', subject: { kind: 'scenario', id: 'demo' } })
  })
})

const asOfficer = () => w.as({ roles: ['officer'], accountId: officer })

test('the demo officer finds work in the queue, something late, and a hand-over that waits', async () => {
  const queue = await asOfficer().get('/api/v1/matters?scope=queue')
  const late = await asOfficer().get('/api/v1/matters?scope=late')
  const waiting = await asOfficer().get('/api/v1/handovers')
  expect(queue.body.stations).toHaveLength(1)
  expect(queue.body.total).toBeGreaterThan(3)
  expect(late.body.total).toBeGreaterThan(0)
  expect(waiting.body.arriving).toHaveLength(1)
})

test('[F002] what the demo station finished is what its list holds, in this month and the last', async () => {
  const station = (await asOfficer().get('/api/v1/matters?scope=queue')).body.stations[0].code
  const { body } = await w.as('visitor').get(`/api/v1/stations/${station}`)
  const [year, month] = body.results.month.split('-').map(Number)
  const before = month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
  const counted = await Promise.all(
    [body.results.month, before].map(async (one) => {
      const view = await w.as('visitor').get(`/api/v1/stations/${station}?month=${one}`)
      const list = await w.as('visitor').get(`/api/v1/stations/${station}/handled?month=${one}`)
      expect(list.body.items).toHaveLength(view.body.results.handled)
      return view.body.results.handled
    }),
  )
  expect(counted[0] + counted[1]).toBeGreaterThan(2)
})
