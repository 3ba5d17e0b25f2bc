import { beforeAll, describe, expect, test } from 'vitest'
import { world } from '#testing/world.ts'
import { noAnswers, plantAgencies, type Planted } from './register.fixture.ts'

const w = await world()
w.setToday('2026-11-22')
const statistician = w.as('statistician')
const carrierOf = (stage: string) => w.zone.carriers.find((one) => one.stage === stage)?.id
let agency: Planted
const stageAs = async (who: Parameters<typeof w.as>[0] = 'visitor', query = '') =>
  (await w.as(who).get(`/api/v1/agencies/${agency.code}/stage${query}`)).body
const report = (more: object, who: Parameters<typeof w.as>[0] = 'statistician') =>
  w.as(who).post(`/api/v1/agencies/${agency.code}/returns`, {
    source: 'annual return',
    periodFrom: '2025-01-01',
    periodTo: '2026-01-01',
    revenueFen: 0,
    headcount: 12,
    answers: noAnswers(w.zone),
    ...more,
  })

/** The revenue that the zone's own rule asks for; tests must hold for any zone. */
function revenueFor(stage: string): number {
  const rule = w.zone.stageRules.at(-1)?.stages.find((one) => one.stage === stage)
  return rule?.conditions.find(({ fact }) => fact === 'annualRevenueFen')?.atLeast ?? Number.NaN
}

beforeAll(async () => {
  const [planted] = await plantAgencies(
    w.db,
    [{ name: 'Stage Test', facts: { foundedOn: '2015-01-01', staffCount: 3 } }],
    w.zone.carriers[0]?.id ?? '',
  )
  if (planted !== undefined) agency = planted
})

const met = (body: { numbers: { stage: string; fact: string; met: boolean }[] }) =>
  body.numbers.find(({ stage, fact }) => stage === 'mature' && fact === 'annualRevenueFen')?.met

const revenue = (body: { numbers: { fact: string; value: number | null; masked: boolean }[] }) =>
  body.numbers.find(({ fact }) => fact === 'annualRevenueFen')

describe('the stage of an agency', () => {
  test('[F014] [S60] changes with its explanation when its revenue changes, and names the carrier of the stage', async () => {
    const unknown = await stageAs()
    expect(unknown.certain).toBe(false)
    expect((await report({ revenueFen: revenueFor('growth') })).status).toBe(201)
    const growing = await stageAs()
    expect(growing).toMatchObject({
      stage: 'growth',
      carrier: { id: carrierOf('growth') },
      rule: { sample: true, clauses: ['S60'] },
    })

    w.setToday('2026-11-23')
    const revised = await report({ revenueFen: revenueFor('mature'), cause: 'a branch had been left out' })
    expect(revised.body.filedOn).toBe('2026-11-22')
    const mature = await stageAs()
    expect(mature).toMatchObject({ stage: 'mature', carrier: { id: carrierOf('mature') } })
    expect([met(growing), met(mature)]).toEqual([false, true])
    expect((await stageAs('visitor', '?knownOn=2026-11-22')).stage).toBe('growth')
    expect((await stageAs('visitor', '?asOf=2026-11-21')).certain).toBe(false)
  })

  test('[F014] [S64] everybody sees whether the threshold is met; the revenue is for the agency itself', async () => {
    expect(revenue(await stageAs())).toMatchObject({ value: null, masked: true, met: true })
    expect(revenue(await stageAs('officer'))).toMatchObject({ value: null, masked: true })
    const own = await stageAs({ roles: ['agency'], organisationIds: [agency.partyId] })
    expect(revenue(own)).toMatchObject({ value: revenueFor('mature'), masked: false })
  })

  test('the list of the day shows the same stage', async () => {
    const { items } = (await w.as('visitor').get(`/api/v1/agencies?q=${agency.code}`)).body
    expect(items).toMatchObject([{ stage: (await stageAs()).stage }])
  })
})

describe('returns', () => {
  test('[S23] [S198] a period is reported once; whoever reports it again gives the cause', async () => {
    expect((await report({ revenueFen: 1 })).body.code).toBe('CAUSE_MISSING')
    expect((await report({ periodFrom: '2025-04-01', periodTo: '2025-07-01' })).body).toMatchObject({
      code: 'PERIOD_ALREADY_REPORTED',
      data: { periodFrom: '2025-01-01' },
    })
    expect((await report({ periodFrom: '2025-02-01', periodTo: '2026-02-01' })).body.code).toBe(
      'PERIOD_UNFIT',
    )
    expect((await report({ periodFrom: '2026-10-01', periodTo: '2027-01-01' })).body.code).toBe(
      'PERIOD_NOT_OVER',
    )
    expect((await report({ revenueFen: -1, cause: 'x' })).status).toBe(400)
  })

  test('[S198] are plain for the agency itself and for a statistician who states a purpose, and for nobody else', async () => {
    const path = `/api/v1/agencies/${agency.code}/returns`
    const own = w.as({ roles: ['agency'], organisationIds: [agency.partyId] })
    expect((await own.get(path)).body.items).toMatchObject([
      { revenueFen: revenueFor('mature'), masked: false },
    ])
    expect((await statistician.get(path)).body.items).toMatchObject([{ revenueFen: null, masked: true }])
    expect((await statistician.get(`${path}?purpose=annual%20report`)).body.items).toMatchObject([
      { masked: false },
    ])
    expect((await w.as('operator').get(`${path}?purpose=curiosity`)).body.items).toMatchObject([
      { revenueFen: null, masked: true },
    ])
    expect((await w.as('visitor').get(path)).status).toBe(401)
    expect((await w.as('enterprise').get(path)).status).toBe(403)
    const other = { roles: ['agency'], organisationIds: ['00000000-0000-7000-8000-000000000001'] } as const
    expect((await w.as(other).get(path)).status).toBe(403)
    expect((await report({ cause: 'not mine' }, other)).status).toBe(403)
  })
})
