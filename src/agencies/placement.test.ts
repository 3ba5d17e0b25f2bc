import { describe, expect, test } from 'vitest'
import { inTransaction } from '#platform/database.ts'
import { world } from '#testing/world.ts'
import { adviseOn, industriesIn, replays } from './placement.ts'
import { plantOrganisations } from './register.fixture.ts'
import { findAdvice, insertAdvice } from './placement.store.ts'

const w = await world()
w.setToday('2026-11-22')
const rules = w.zone.placement.at(-1)
const startUpBase = w.zone.carriers.find(({ stage }) => stage === 'start-up')
const park = rules?.parks.find(({ carrier }) => carrier === startUpBase?.id)?.industries ?? []
const young = {
  foundedOn: '2026-03-01',
  annualRevenueFen: null,
  staff: 4,
  attorneys: 1,
  industries: park.slice(0, 1),
}
const ask = (more: object = {}) => w.as('visitor').post('/api/v1/placement', { ...young, ...more })

describe('[F011] [S59] [S60] where an agency belongs', () => {
  test('a start-up that serves the park’s industry is proposed the base for start-ups, a vacant unit, and three rules', async () => {
    const { status, body } = await ask()
    expect(status).toBe(200)
    expect(body).toMatchObject({ stage: 'start-up', carrier: startUpBase?.id, waiting: false, sample: true })
    expect(body.units).toHaveLength(1)
    expect(
      body.carriers[0].reasons.map((one: { rule: string; fits: boolean }) => [one.rule, one.fits]),
    ).toEqual([
      ['stage', true],
      ['industry', true],
      ['size', true],
    ])
    expect(body.carriers).toHaveLength(w.zone.carriers.length)
  })

  test('the unit proposed is let to nobody; once it is let another is proposed', async () => {
    const [unit] = (await ask()).body.units
    const lease = await w.as('operator').post('/api/v1/leases', {
      unit,
      number: 'T-1',
      tenantName: '测试租户',
      tenantCreditCode: '91320115MA1MXXXX0A',
      monthlyRentFen: 1,
      validFrom: '2027-01-01',
    })
    expect(lease.status).toBe(201)
    const again = (await ask()).body
    expect(again.units).not.toContain(unit)
    expect(again.vacancies.map(({ id }: { id: string }) => id)).not.toContain(unit)
  })

  test('more people need more room, and a founding day to come is refused', async () => {
    const { body } = await ask({ staff: 60 })
    const size = body.carriers[0].reasons[2]
    expect(size.neededSquareMetres).toBe(60 * (rules?.squareMetresPerPerson ?? 0))
    expect(size.units.length === 0 || size.offeredSquareMetres >= size.neededSquareMetres).toBe(true)
    expect((await ask({ foundedOn: '2027-01-01' })).body.code).toBe('DAY_AHEAD')
    expect((await ask({ staff: 0 })).status).toBe(400)
  })

  test('industries are understood by code and by their names in either language', () => {
    const member = w.zone.industries[0]?.groups.flatMap(({ members }) => members)[0]
    if (member === undefined) throw new Error('the zone names no industry')
    for (const words of [member.code, `服务${member.names.zh}企业`, `We serve ${member.names.en}.`])
      expect(industriesIn(words, w.zone)).toContain(member.code)
    expect(industriesIn('裁缝', w.zone)).toEqual([])
  })

  test('an advice is kept with its inputs and rules, comes out the same again, and is shown to its organisation and the office', async () => {
    const [party = '', other = ''] = await plantOrganisations(w.db, ['新芽代理', '别家'])
    const advice = await adviseOn(w.db, w.context(), { ...young, foundedOn: young.foundedOn as never })
    if (advice === undefined) throw new Error('no rule')
    const about = {
      matterId: '00000000-0000-7000-8000-000000000001',
      matterNumber: '2026-000001',
      partyId: party,
      madeOn: '2026-11-22' as never,
      madeAt: new Date('2026-11-22T04:00:00Z'),
    }
    await inTransaction(w.db, (tx) => insertAdvice(tx, { ...advice, ...about }))
    const stored = await findAdvice(w.db, { matterNumber: '2026-000001' })
    expect(stored && replays(stored)).toBe(true)
    if (stored !== undefined) {
      const worse = { ...stored, inputs: { ...stored.inputs, staff: 4000 } }
      expect(replays(worse)).toBe(false)
    }
    const path = '/api/v1/placement-advice/2026-000001'
    const own = await w.as({ roles: ['agency'], organisationIds: [party] }).get(path)
    expect(own.body).toMatchObject({ replayed: true, carrier: advice.finding.carrier, matter: '2026-000001' })
    expect((await w.as('operator').get(path)).status).toBe(200)
    expect((await w.as({ roles: ['agency'], organisationIds: [other] }).get(path)).status).toBe(404)
    expect((await w.as('visitor').get(path)).status).toBe(401)
  })
})
