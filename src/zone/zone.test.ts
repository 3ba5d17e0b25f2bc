import { rename } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import { world, type World } from '#testing/world.ts'
import { copyZone, type ZoneFolderCopy } from '#testing/zone-folder.ts'

describe('a zone that starts from a folder alone', () => {
  let copy: ZoneFolderCopy
  let w: World
  beforeAll(async () => {
    copy = await copyZone()
    w = await world({ zoneFolder: copy.folder, zoneInForce: true })
  })
  afterAll(() => copy.remove())

  test('[F109] [S55] [S58] its home, carriers, services and rules are its own', async () => {
    const { status, body } = await w.as('visitor').get('/api/v1/zone')
    expect(status).toBe(200)
    expect(body).toMatchObject({ id: 'yunxi-bay', timeZone: 'Asia/Urumqi', version: w.zone.version })
    expect(body.carriers.map(({ kind, stage }: any) => `${kind} ${stage}`)).toEqual([
      'centre mature',
      'base start-up',
    ])
    expect(body.services).toHaveLength(1)
    expect(body).not.toHaveProperty('ownWords')
    expect(w.zone.targets.map(({ code, operator, target }) => [code, operator, target])).toEqual([
      ['agencies', '>=', 8],
      ['practitioners', '>', 60],
      ['patent-transfers', 'trend', null],
    ])
    expect(w.zone.suppression.smallCellThreshold).toBe(3)
  })

  test('[S30] members that the plan does not name are shown as unknown, not invented', async () => {
    const { body } = await w.as('visitor').get('/api/v1/zone')
    const groups = body.industries[0].groups.map(({ stated, members }: any) => [stated, members.length])
    expect(groups).toEqual([
      [3, 3],
      [2, 0],
    ])
  })

  test('[F109] the day is the day of its own time zone', async () => {
    w.setToday('2026-11-22')
    const { body } = await w.as('visitor').get('/api/v1/zoning')
    expect(body.asOf).toBe('2026-11-22')
  })

  test('[F109] [S1] a changed folder is served without a restart, and the difference is told', async () => {
    const before = w.zone.version
    await copy.edit('zone.json', (zone) => (zone.shortNames.en = 'Yunxi Harbour'))
    const reloaded = await w.as('administrator').post('/api/v1/zone/reload')
    expect(reloaded.body).toMatchObject({ changed: true, before })
    await vi.waitFor(() => expect(w.zone.version).toBe(reloaded.body.version), 5000)
    expect((await w.as('visitor').get('/api/v1/zone')).body.shortNames.en).toBe('Yunxi Harbour')

    const { body } = await w
      .as('administrator')
      .get(`/api/v1/zone/versions/difference?from=${before}&to=${reloaded.body.version}`)
    expect(body.changes).toEqual([
      {
        file: 'zone.json',
        field: '$.shortNames.en',
        kind: 'changed',
        before: '"Yunxi Bay"',
        after: '"Yunxi Harbour"',
      },
    ])
  })

  test('[F109] files that are saved are taken into force by themselves', async () => {
    await copy.edit('zone.json', (zone) => (zone.shortNames.en = 'Yunxi Cove'))
    await vi.waitFor(() => expect(w.zone.shortNames.en).toBe('Yunxi Cove'), 8000)
  })

  test('[F109] a folder that is not in order is refused with its places, and the running version stays', async () => {
    const running = w.zone.version
    await copy.edit('targets.json', ({ targets }) => (targets[0].clause = 'S40'))
    const { status, body } = await w.as('administrator').post('/api/v1/zone/reload')
    expect(status).toBe(422)
    expect(body.code).toBe('INVALID_PROFILE')
    expect(body.data.problems).toEqual([
      {
        file: 'targets.json',
        field: '$.targets[0].clause',
        rule: 'clause/unknown',
        message: 'clauses.json has no clause S40',
      },
    ])
    expect(w.zone.version).toBe(running)

    const versions = await w.as('administrator').get('/api/v1/zone/versions')
    expect(versions.body.running).toBe(running)
    expect(versions.body.refused).toMatchObject({ stillSo: true, problems: body.data.problems })
    await copy.edit('targets.json', ({ targets }) => (targets[0].clause = 'S2'))
  })

  test('a folder that has gone is a refusal, not a crash', async () => {
    const running = w.zone.version
    const away = `${copy.folder}-away`
    await rename(copy.folder, away)
    const { status, body } = await w.as('administrator').post('/api/v1/zone/reload')
    await rename(away, copy.folder)
    expect([status, body.code]).toEqual([422, 'INVALID_PROFILE'])
    expect(body.data.problems[0].rule).toBe('folder/unreadable')
    expect(w.zone.version).toBe(running)
  })

  test('[F109] the same content again is no new version', async () => {
    await w.as('administrator').post('/api/v1/zone/reload')
    const { body } = await w.as('administrator').post('/api/v1/zone/reload')
    expect(body).toMatchObject({ changed: false })
  })

  test('a version nobody knows is a typed refusal', async () => {
    const unknown = '0'.repeat(64)
    const path = `/api/v1/zone/versions/difference?from=${unknown}&to=${w.zone.version}`
    const { status, body } = await w.as('administrator').get(path)
    expect([status, body.code]).toEqual([404, 'UNKNOWN_VERSION'])
  })

  test('only administrators reload, and see versions and differences', async () => {
    for (const who of ['visitor', 'citizen', 'agency', 'officer', 'operator', 'leader'] as const) {
      const expected = who === 'visitor' ? 401 : 403
      expect((await w.as(who).post('/api/v1/zone/reload')).status).toBe(expected)
      expect((await w.as(who).get('/api/v1/zone/versions')).status).toBe(expected)
      expect((await w.as(who).get('/api/v1/zone/versions/difference')).status).toBe(expected)
    }
  })
})

test('[F109] a first start from a broken folder stops with every problem', async () => {
  const copy = await copyZone()
  try {
    await copy.edit('carriers.json', ({ carriers }) => (carriers[1].kind = 'centre'))
    await expect(world({ zoneFolder: copy.folder, zoneInForce: true })).rejects.toThrow('carrier/one-centre')
  } finally {
    await copy.remove()
  }
})
