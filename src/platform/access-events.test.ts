import { expect, test } from 'vitest'

import { testAnalytics } from '#testing/analytics.ts'

import { recordAccessEvents } from './access-events.ts'
import type { Analytics } from './analytics.ts'
import { migrateAnalyticsStore } from './analytics-migrations.ts'
import { AnalyticsUnavailable, createAnalytics } from './analytics.ts'
import type { AccessEvent } from './http.ts'
import { createLog } from './log.ts'
import { metrics } from './metrics.ts'

const { engine } = await testAnalytics()
const address = new URL(engine.url)
Object.assign(address, { username: engine.username, password: engine.password, pathname: '/access' })
await migrateAnalyticsStore(address.href)
const store = createAnalytics({ ...engine, database: 'access' })
const log = createLog('silent')

const event = (requestId: string, parts: Partial<AccessEvent> = {}): AccessEvent => ({
  at: new Date('2026-11-22T08:00:00.123Z'),
  requestId,
  operation: 'agencies.list',
  actor: { kind: 'visitor' },
  status: 200,
  milliseconds: 1.5,
  bytes: 512,
  ...parts,
})

const droppedEvents = async () => {
  const line = (await metrics.metrics())
    .split('\n')
    .find((text) => text.startsWith('zhiyuan_access_events_dropped_total '))
  return Number(line?.split(' ')[1] ?? 0)
}

/** A store that answers only while it is told to, and otherwise behaves as the real one. */
function flaky(analytics: Analytics) {
  const state = { away: true, batches: [] as number[] }
  const insert: Analytics['insert'] = async (table, rows, options) => {
    if (state.away) throw new AnalyticsUnavailable('away', 2)
    if (Array.isArray(rows)) state.batches.push(rows.length)
    await analytics.insert(table, rows, options)
  }
  return { ...analytics, insert, state }
}

test('events are stored with what is asked of them, and nobody is named', async () => {
  const events = recordAccessEvents(store, log)
  const secondFactor = 'verified'
  const actor = {
    kind: 'account',
    accountId: 'a1',
    name: 'Somebody',
    roles: ['officer'],
    organisationIds: [],
    secondFactor,
  } as const
  events.record(event('first'))
  events.record(event('second', { actor, status: 403 }))
  events.record(event('third', { actor: { kind: 'system', job: 'nightly' } }))
  await events.stop()
  const rows = await store.query<{ request_id: string }>('SELECT * FROM access_event ORDER BY request_id')
  expect(rows).toEqual([
    {
      at: '2026-11-22T08:00:00.123Z',
      request_id: 'first',
      operation: 'agencies.list',
      actor_kind: 'visitor',
      actor_roles: [],
      status: 200,
      duration_ms: 1.5,
      bytes: 512,
    },
    expect.objectContaining({
      request_id: 'second',
      actor_kind: 'account',
      actor_roles: ['officer'],
      status: 403,
    }),
    expect.objectContaining({ request_id: 'third', actor_kind: 'system' }),
  ])
  expect(JSON.stringify(rows)).not.toContain('Somebody')
})

test('while the store is away events wait; beyond the capacity they are dropped and counted; then all that waited is stored', async () => {
  const before = await droppedEvents()
  const away = flaky(store)
  const events = recordAccessEvents(away, log, { capacity: 100, batch: 40 })
  for (let n = 0; n < 120; n++) events.record(event(`wait-${n}`))
  await events.flush()
  events.record(event('one too many'))
  expect((await droppedEvents()) - before).toBe(21)

  away.state.away = false
  await events.flush()
  expect(away.state.batches).toEqual([40, 40, 20])
  const count = `SELECT count() AS n FROM access_event WHERE request_id LIKE 'wait-%'`
  expect(await store.query(count)).toEqual([{ n: 100 }])
  await events.stop()
})

test('a batch whose acknowledgement was lost is stored once', async () => {
  let lost = true
  const forgetful: Analytics = {
    ...store,
    insert: async (table, rows, options) => {
      await store.insert(table, rows, options)
      if (lost) throw new AnalyticsUnavailable('the answer was lost', 2)
    },
  }
  const events = recordAccessEvents(forgetful, log)
  events.record(event('once'))
  await events.flush()
  lost = false
  events.record(event('later'))
  await events.stop()
  const ids = `SELECT request_id FROM access_event WHERE request_id IN ('once', 'later') ORDER BY request_id`
  expect(await store.query(ids)).toEqual([{ request_id: 'later' }, { request_id: 'once' }])
})

test('what is left when the process ends without a store is counted as dropped', async () => {
  const before = await droppedEvents()
  const events = recordAccessEvents(flaky(store), log)
  events.record(event('lost'))
  await events.stop()
  expect((await droppedEvents()) - before).toBe(1)
})
