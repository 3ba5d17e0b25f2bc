import { beforeAll, describe, expect, test } from 'vitest'

import { world, type World } from '#testing/world.ts'
import { secondZone } from '#testing/zone-folder.ts'

let w: World
beforeAll(async () => {
  w = await world({ zoneFolder: secondZone, zoneInForce: true })
  w.setToday('2026-11-22')
})

const areaOn = async (area: string, asOf = '') => {
  const { body } = await w.as('visitor').get(`/api/v1/zoning${asOf && `?asOf=${asOf}`}`)
  return body.areas.find((one: any) => one.area === area)
}

const unitOn = async (asOf: string) => {
  const { body } = await w.as('visitor').get(`/api/v1/spaces?asOf=${asOf}`)
  return { total: body, unit: body.buildings[0].floors[0].units[0] }
}

const occupancy = (query: string) => w.as('visitor').get(`/api/v1/spaces/occupancy?${query}`)

describe('[F013] [S61] the zoning map', () => {
  const change = { from: '2026-11-22', basedOn: '2025-02-03', reason: '码头改作孵化用房', use: 'office' }

  test('an area changes with a reason, and yesterday’s map is still there', async () => {
    const { status, body } = await w.as('officer').post('/api/v1/zoning/pier-area/changes', change)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      area: 'pier-area',
      use: 'office',
      validFrom: '2026-11-22',
      reason: change.reason,
    })
    expect((await areaOn('pier-area')).use).toBe('office')
    expect((await areaOn('pier-area', '2026-11-21')).use).toBe('harbour')
    expect(await areaOn('pier-area', '2025-02-02')).toBeUndefined()

    const history = await w.as('visitor').get('/api/v1/zoning/pier-area/history')
    expect(history.body.items.map(({ use, validFrom, validTo }: any) => [use, validFrom, validTo])).toEqual([
      ['office', '2026-11-22', null],
      ['harbour', '2025-02-03', '2026-11-22'],
    ])
  })

  test('two officers do not undo each other', async () => {
    const { status, body } = await w.as('operator').post('/api/v1/zoning/pier-area/changes', change)
    expect([status, body.code, body.data]).toEqual([409, 'CHANGED_MEANWHILE', { validFrom: '2026-11-22' }])
  })

  test.for([
    ['no reason', { reason: '' }, 400, 'INVALID_INPUT'],
    ['a day that has passed', { from: '2026-11-21' }, 422, 'BACKDATED'],
    ['a use nobody knows', { use: 'casino' }, 422, 'UNKNOWN_USE'],
    ['a carrier nobody knows', { carrier: 'reef' }, 422, 'UNKNOWN_CARRIER'],
    [
      'a corner outside the map',
      {
        polygon: [
          [0, 0],
          [999, 0],
          [0, 50],
        ],
      },
      422,
      'OUTSIDE_MAP',
    ],
    [
      'an outline that crosses itself',
      {
        polygon: [
          [0, 0],
          [50, 50],
          [50, 0],
          [0, 50],
        ],
      },
      422,
      'CROSSES_ITSELF',
    ],
    ['nothing new', { use: undefined }, 409, 'UNCHANGED'],
  ] as const)('refused: %s', async ([, wrong, status, code]) => {
    const before = await areaOn('lighthouse-area')
    const given = { ...change, use: 'harbour', ...wrong }
    const answer = await w.as('officer').post('/api/v1/zoning/lighthouse-area/changes', given)
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(await areaOn('lighthouse-area')).toEqual(before)
  })

  test('an area nobody knows', async () => {
    expect((await w.as('officer').post('/api/v1/zoning/atlantis/changes', change)).body.code).toBe(
      'UNKNOWN_AREA',
    )
    expect((await w.as('visitor').get('/api/v1/zoning/atlantis/history')).status).toBe(404)
  })

  test('who may not change the map', async () => {
    for (const who of ['visitor', 'citizen', 'agency', 'inspector', 'administrator'] as const) {
      const { status } = await w.as(who).post('/api/v1/zoning/lighthouse-area/changes', change)
      expect(status).toBe(who === 'visitor' ? 401 : 403)
    }
  })
})

describe('[F013] [S57] [S56] units and leases', () => {
  const lease = {
    unit: 'lh-101',
    number: 'L-2026-001',
    tenantName: '汐语专利代理有限公司',
    tenantCreditCode: '91320115MA1ABCDE0X',
    monthlyRentFen: 480_000,
    validFrom: '2026-03-10',
  }

  test('a unit is let, and occupancy has its history', async () => {
    const { status, body } = await w.as('operator').post('/api/v1/leases', lease)
    expect(status).toBe(201)
    expect(body).toMatchObject({ unit: 'lh-101', validTo: null, monthlyRentFen: 480_000, currency: 'CNY' })
    expect((await unitOn('2026-03-09')).unit.tenant).toBeNull()
    const { total, unit } = await unitOn('2026-03-10')
    expect(unit.tenant).toEqual({
      name: lease.tenantName,
      creditCode: lease.tenantCreditCode,
      since: '2026-03-10',
    })
    expect(total).toMatchObject({ unitCount: 2, letCount: 1, areaSquareMetres: 200, letSquareMetres: 80 })
    expect(JSON.stringify(total)).not.toContain('480000')

    const months = await w.as('visitor').get('/api/v1/spaces/occupancy?from=2026-02-01&to=2026-03-31')
    expect(months.body.items.map(({ on, letCount }: any) => [on, letCount])).toEqual([
      ['2026-02-28', 0],
      ['2026-03-31', 1],
    ])
  })

  test.for([
    ['a unit that is let already', { number: 'L-2' }, 409, 'UNIT_TAKEN'],
    ['a number given before', { unit: 'lh-102' }, 409, 'NUMBER_TAKEN'],
    ['a unit nobody knows', { unit: 'lh-999', number: 'L-3' }, 404, 'UNKNOWN_UNIT'],
    [
      'an end before the start',
      { unit: 'lh-102', number: 'L-4', validTo: '2026-03-10' },
      422,
      'ENDS_BEFORE_START',
    ],
    ['a code that is none', { tenantCreditCode: 'I'.repeat(18) }, 400, 'INVALID_INPUT'],
  ] as const)('refused: %s', async ([, wrong, status, code]) => {
    const answer = await w.as('officer').post('/api/v1/leases', { ...lease, ...wrong })
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  test('a lease ends on a day with a reason, once, and the unit is free again', async () => {
    const list = await w.as('officer').get('/api/v1/leases?unit=lh-101')
    expect(list.body.total).toBe(1)
    const [{ id }] = list.body.items
    const end = (on: string) =>
      w.as('officer').post(`/api/v1/leases/${id}/end`, { on, reason: '租期届满迁出' })
    expect((await end('2026-03-10')).body.code).toBe('ENDS_BEFORE_START')
    expect((await end('2026-06-01')).body).toMatchObject({ validTo: '2026-06-01', endReason: '租期届满迁出' })
    expect((await end('2026-07-01')).body.code).toBe('ALREADY_ENDED')
    expect((await unitOn('2026-06-01')).unit.tenant).toBeNull()
    const again = await w
      .as('officer')
      .post('/api/v1/leases', { ...lease, number: 'L-2026-002', validFrom: '2026-06-01' })
    expect(again.status).toBe(201)
  })

  test('two officers let one unit at once: one is served', async () => {
    const both = await Promise.all(
      ['R-1', 'R-2'].map((number) =>
        w.as('officer').post('/api/v1/leases', { ...lease, unit: 'lh-102', number }),
      ),
    )
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409])
  })

  test('who may not see or make leases', async () => {
    for (const who of ['visitor', 'citizen', 'agency'] as const) {
      const expected = who === 'visitor' ? 401 : 403
      expect((await w.as(who).get('/api/v1/leases')).status).toBe(expected)
      expect((await w.as(who).post('/api/v1/leases', lease)).status).toBe(expected)
    }
    expect((await w.as('auditor').get('/api/v1/leases')).status).toBe(200)
    expect((await w.as('auditor').post('/api/v1/leases', lease)).status).toBe(403)
  })

  test('spans that make no sense are refused', async () => {
    expect((await occupancy('from=2026-03-01&to=2026-02-01')).body.code).toBe('SPAN_REVERSED')
    expect((await occupancy('from=1990-01-01&to=2026-02-01')).body.code).toBe('SPAN_TOO_LONG')
  })
})
