import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { adoptAnalyticsEngine } from '#platform/analytics-engine-process.ts'
import { world } from '#testing/world.ts'
import { putRecords } from './corpus.store.ts'
import { source } from './record.fixture.ts'
import { PatentRecord } from './record.rules.ts'

const w = await world()
const visitor = w.as('visitor')
afterEach(() => vi.restoreAllMocks())

const ENDLESS = 'SELECT sum(sipHash64(number)) AS total FROM numbers(1000000000000)'
const paths = [
  '/api/v1/patents?q=电池',
  '/api/v1/patents?q=电池&sort=newest',
  '/api/v1/patents/facets?q=电池',
  '/api/v1/patents/landscape?q=电池',
  '/api/v1/patents/CN100000001A',
  '/api/v1/patents/CN100000001A/near-duplicates',
]

beforeAll(async () => {
  const record = PatentRecord.parse({
    publicationNumber: 'CN100000001A',
    applicationNumber: 'CN202011111111',
    office: 'CN',
    kind: 'A',
    right: 'invention',
    titles: { zh: '一种锂离子电池' },
    abstracts: { zh: '正极与负极。' },
    source,
  })
  await putRecords(w, [record])
})

test.for(paths)('[F057] what would take too long is stopped in the store and says so: %s', async (path) => {
  const ask = w.analytics.query.bind(w.analytics)
  // The version is read as ever; whatever is asked of the documents runs on and on, and the store must end it.
  vi.spyOn(w.analytics, 'query').mockImplementation((sql, parameters, options) =>
    sql.includes('patent_version')
      ? ask(sql, parameters, options)
      : ask(ENDLESS, {}, { ...options, limits: { ...options?.limits, seconds: 1 } }),
  )
  const { status, body } = await visitor.get(path)
  expect(status).toBe(422)
  expect(['QUERY_TOO_HEAVY', 'TOO_LARGE']).toContain(body.code)
  vi.restoreAllMocks()
  // What ran beside the first to be stopped is stopped within the same second.
  const running = async () =>
    (
      await ask<{ n: number }>(
        "SELECT count() AS n FROM system.processes WHERE query LIKE '%sipHash64%' AND query NOT LIKE '%processes%'",
      )
    )[0]?.n
  await expect.poll(running, { timeout: 10_000 }).toBe(0)
  expect((await visitor.get(path)).status).toBe(200)
})

// The last of the file: nobody brings the engine back here. That it comes back by itself is in e2e/processes.test.ts.
test('the engine killed in the middle of queries: 503 with a time to try again, and the rest of the site goes on', async () => {
  const engine = await adoptAnalyticsEngine(join(w.config.dataFolder, 'analytics'))
  process.kill(engine!.pid, 'SIGSTOP')
  const asked = paths.map((path) => visitor.get(path))
  // They are under way in a store that no longer moves when it dies.
  await sleep(300)
  process.kill(engine!.pid, 'SIGKILL')
  for (const { status, headers, body } of await Promise.all(asked)) {
    expect(status).toBe(503)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect(body.code).toBe('STORE_UNAVAILABLE')
  }
  expect((await visitor.get('/api/v1/agencies')).status).toBe(200)
  expect((await visitor.get(paths[0] ?? '')).status).toBe(503)
})
