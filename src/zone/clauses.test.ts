import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'

import { world, type World } from '#testing/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

describe('[F092] [S1] the plan, clause by clause', () => {
  test('every clause of the shipped plan opens with its words, its line and its place in the plan', async () => {
    const text = readFileSync(join(w.config.zoneFolder, 'plan.zh.txt'), 'utf8').split('\n')
    expect(w.zone.clauses.length).toBeGreaterThan(0)
    for (const { id, line, quotes } of w.zone.clauses) {
      const { status, body } = await w.as('visitor').get(`/api/v1/clauses/${id}`)
      expect(status).toBe(200)
      expect(body).toMatchObject({ id, line, text: text[line - 1] })
      expect(body.spans.map(({ start, end }: any) => body.text.slice(start, end))).toEqual(quotes)
      expect(body.features.length).toBeGreaterThan(0)
    }
  })

  test('the plan comes whole, and every clause stands in its line', async () => {
    const { body } = await w.as('visitor').get('/api/v1/plan')
    expect(body.lines).toHaveLength(w.zone.plan.lines.length)
    const ids = body.lines.flatMap(({ clauses }: any) => clauses.map(({ id }: any) => id))
    expect(ids.toSorted()).toEqual(w.zone.clauses.map(({ id }) => id).toSorted())
    expect(body.lines.filter(({ heading }: any) => heading !== null)).toHaveLength(
      w.zone.plan.sections.length,
    )
  })

  test('a clause says which operations serve it', async () => {
    const { body } = await w.as('visitor').get('/api/v1/clauses/S61')
    const paths = body.servedBy.operations.map(({ method, path }: any) => `${method} ${path}`)
    expect(paths).toContain('POST /zoning/{area}/changes')
    expect(['served', 'proved']).toContain(body.status)
  })

  test('the records counted for a clause are those that its indicator opens to', async () => {
    const clause = await w.as('visitor').get('/api/v1/clauses/S20')
    const [indicator] = clause.body.servedBy.indicators
    const list = await w.as('visitor').get(`/api/v1/indicators/${indicator.code}/records`)
    expect(list.status).toBe(200)
    expect(indicator.records).toBe(list.body.total)
  })

  test('clauses in lower case are found; unknown ones are a typed refusal', async () => {
    expect((await w.as('visitor').get('/api/v1/clauses/s61')).body.id).toBe('S61')
    const { status, body } = await w.as('visitor').get('/api/v1/clauses/S9999')
    expect([status, body.code]).toEqual([404, 'UNKNOWN_CLAUSE'])
  })
})

describe('[F092] coverage', () => {
  test('the tally adds up, in all and by area', async () => {
    const { body } = await w.as('visitor').get('/api/v1/clauses/coverage')
    expect(body.total).toBe(w.zone.clauses.length)
    expect(body.proved + body.served + body.open).toBe(body.total)
    for (const status of ['total', 'proved', 'served', 'open']) {
      expect(body.areas.reduce((sum: number, area: any) => sum + area[status], 0)).toBe(body[status])
    }
  })

  test('gaps first, page by page, each clause once', async () => {
    const seen: { id: string; status: string }[] = []
    let next: string | null = null
    do {
      const cursor: string = next === null ? '' : `&cursor=${next}`
      const { body } = await w.as('visitor').get(`/api/v1/clauses?limit=60${cursor}`)
      expect(body.total).toBe(w.zone.clauses.length)
      seen.push(...body.items)
      next = body.next
    } while (next !== null)
    expect(new Set(seen.map(({ id }) => id)).size).toBe(w.zone.clauses.length)
    const ranks = seen.map(({ status }) => ['open', 'served', 'proved'].indexOf(status))
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
  })

  test('filters by area, status and words, and the total is that of the filter', async () => {
    const { body } = await w.as('visitor').get('/api/v1/clauses?area=A9&area=A7&limit=200')
    expect(new Set(body.items.map(({ area }: any) => area))).toEqual(new Set(['A7', 'A9']))
    expect(body.total).toBe(body.items.length)
    const open = await w.as('visitor').get('/api/v1/clauses?status=open&limit=200')
    expect(open.body.items.every(({ status }: any) => status === 'open')).toBe(true)
    const words = await w.as('visitor').get(`/api/v1/clauses?q=${encodeURIComponent('双随机')}`)
    expect(words.body.items.map(({ id }: any) => id)).toEqual(['S145'])
  })

  test('a filter that names nothing of the plan is refused with its place', async () => {
    const { status } = await w.as('visitor').get('/api/v1/clauses?area=Z9')
    expect(status).toBe(400)
  })
})
