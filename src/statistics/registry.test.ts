import type { z } from 'zod'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { date } from '#platform/calendar.ts'
import { world } from '#testing/world.ts'
import { indicators } from '../indicators.ts'
import type { FigureItem as Item } from './figures.contract.ts'
import { indicator, registry, type IndicatorDeclaration } from './declare.ts'
import { isCounted, partsOf } from './figure.ts'
import { tablesReadBy } from './reading.store.ts'
import { rowsOf } from './part.store.ts'
import { daysOf } from './span.rules.ts'

type FigureItem = z.infer<typeof Item>

const w = await world()
w.setToday('2026-11-22')

describe('every declaration of every room', () => {
  test('[F084] [S4] every target of the plan is on the board, and one that no room counts says so instead of zero', async () => {
    const { body } = await w.as('visitor').get('/api/v1/board')
    const items: FigureItem[] = body.pillars.flatMap((pillar: { items: FigureItem[] }) => pillar.items)
    expect(items.map(({ code }) => code).sort()).toEqual(w.zone.targets.map(({ code }) => code).sort())
    const uncounted = items.filter(({ declared }) => !declared)
    expect(uncounted.map(({ code }) => indicators.has(code))).toEqual(uncounted.map(() => false))
    expect(uncounted.every(({ value, met }) => value === null && met === null)).toBe(true)
    for (const { code, operator, target } of items) {
      const goal = w.zone.targets.find((one) => one.code === code)
      expect([code, operator, target]).toEqual([code, goal?.operator, goal?.target])
    }
  })

  test('[F085] the stable shape: a value, a target and an address that answers with as many records', async () => {
    const { status, body } = await w.as('visitor').get('/api/v1/indicators')
    expect(status).toBe(200)
    for (const item of body.items) {
      expect(item).toMatchObject({
        code: expect.any(String),
        name: expect.any(String),
        unit: expect.any(String),
        asOf: '2026-11-22',
      })
      for (const key of ['value', 'operator', 'target', 'targetYear', 'met', 'recordsUrl'])
        expect(item).toHaveProperty(key)
      const list = await w.as('visitor').get(item.recordsUrl)
      expect([item.code, list.status, list.body.items.length]).toEqual([item.code, 200, list.body.total])
    }
  })

  test.for([...indicators.values()])(
    '$code: the tables it reads are watched, so its figure is kept between writes',
    async (one) => {
      const { rows } = await sql<{ name: string }>`
      select c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgname = 'indicator_source'`.execute(
        w.db,
      )
      const watched = new Set(rows.map(({ name }) => name))
      const target = w.zone.targets.find(({ code }) => code === one.code)
      for (const { part, span } of partsOf(
        one,
        w.zone,
        daysOf(date('2026-11-22'), target?.period),
        target?.period,
      )) {
        if (!isCounted(part)) continue
        const query = sql`select * from ${rowsOf(w.db, part, span)}`.compile(w.db)
        expect((await tablesReadBy(w.db, query)).filter((table) => !watched.has(table))).toEqual([])
      }
    },
  )

  test.for([...indicators.values()])(
    '$code: answers with its page, its list and its table',
    async ({ code, dimensions }) => {
      for (const who of ['visitor', 'statistician'] as const) {
        expect((await w.as(who).get(`/api/v1/indicators/${code}`)).status).toBe(200)
        expect((await w.as(who).get(`/api/v1/indicators/${code}/records`)).status).toBe(200)
        const table = await w.as(who).get(`/api/v1/indicators/${code}/breakdown`)
        expect(table.status).toBe(dimensions === undefined ? 404 : 200)
      }
    },
  )

  test('a snapshot of all of them can be taken from an empty zone', async () => {
    const { status, body } = await w
      .as('statistician')
      .post('/api/v1/snapshots', { asOf: '2026-09-30', title: 'All' })
    expect(status).toBe(201)
    expect(body.items).toHaveLength(indicators.size)
    expect((await w.as('visitor').get(`/api/v1/snapshots/${body.id}`)).body.digest).toBe(body.digest)
  })
})

describe('bad input over HTTP', () => {
  test.for([
    ['/api/v1/indicators?asOf=yesterday', 400],
    ['/api/v1/indicators?asOf=2099-01-01', 422],
    ['/api/v1/indicators/no-such', 404],
    ["/api/v1/indicators/'%3Bdrop table snapshot/records", 404],
    ['/api/v1/indicators/agencies/records?limit=0', 400],
    ['/api/v1/indicators/agencies/records?limit=9999', 400],
    ['/api/v1/indicators/agencies/records?cursor=%00', 400],
    ['/api/v1/indicators/agencies/records?part=everything', 400],
    ['/api/v1/snapshots/1', 400],
    ['/api/v1/snapshots/00000000-0000-7000-8000-000000000000', 404],
  ] as const)('%s is refused with %s', async ([path, status]) => {
    const answer = await w.as('visitor').get(path)
    expect([path, answer.status]).toEqual([path, status])
  })
})

describe('a declaration that contradicts itself is found at start', () => {
  const sound: IndicatorDeclaration = {
    code: 'a-b',
    clauses: ['S1'],
    name: { zh: '甲', en: 'a' },
    definition: { zh: '甲', en: 'a' },
    version: 1,
    unit: 'item',
    measures: 'stock',
    confidentiality: 'public',
    kind: 'stated',
    figure: () => Promise.resolve(undefined),
  }

  test.for([
    [{ ...sound, code: 'A b' }, 'kebab-case'],
    [{ ...sound, clauses: ['20'] }, 'no clause'],
    [{ ...sound, version: 0 }, 'version'],
  ] satisfies [IndicatorDeclaration, string][])('%o', ([declaration, message]) => {
    expect(() => indicator(declaration)).toThrow(message)
  })

  test('two rooms cannot claim one code', () => {
    expect(() => registry([indicator(sound)], [indicator(sound)])).toThrow('twice')
  })
})
