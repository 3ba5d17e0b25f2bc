import fc from 'fast-check'
import { sql } from 'kysely'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '#platform/database.ts'
import { date } from '#platform/calendar.ts'
import { createLog } from '#platform/log.ts'
import { Person } from '#testing/person.ts'
import { signedInWorld } from '#testing/signed-in-world.ts'
import type { World } from '#testing/world.ts'
import { feeds } from '../feeds.ts'
import { runImport } from '../imports.ts'
import { makeDigests } from './jobs.ts'
import { isDue } from './subscription.rules.ts'

let w: World
let reader: Person
let stranger: Person
let folder = ''
const CLUSTER = { feed: 'parties.by-industry', topic: 'electronics', rhythm: 'daily' }

beforeAll(async () => {
  w = await signedInWorld()
  folder = await mkdtemp(join(tmpdir(), 'zhiyuan-digest-'))
  reader = new Person(w)
  await reader.signInFully('enterprise@demo.zhiyuan.example')
  stranger = new Person(w)
  await stranger.signInFully('university@demo.zhiyuan.example')
})
afterAll(() => rm(folder, { recursive: true, force: true }))
beforeEach(async () => {
  for (const table of ['subscriptionRecord', 'subscription', 'digest', 'notice', 'outbox'] as const)
    await w.db.deleteFrom(table).execute()
})

async function bring(...rows: readonly (readonly [name: string, industry: string])[]) {
  // One source: a name without a code is the same organisation within it only.
  const path = join(folder, 'organisations.csv')
  await writeFile(path, `名称,行业代码\n${rows.map((row) => row.join(',')).join('\n')}\n`)
  return runImport('organisations', path, { context: w.context() })
}
const follow = (what: object = CLUSTER) => reader.post('/api/v1/subscriptions', what)
const look = async (): Promise<string | null> => (await reader.post('/api/v1/digests')).body.digest
const listed = async (id: string | null): Promise<string[]> =>
  id === null
    ? []
    : (await reader.get(`/api/v1/digests/${id}?limit=200`)).body.items.map((item: any) => item.label.zh)
const plant = (db: Db, name: string, createdAt?: Date) =>
  db
    .insertInto('party')
    .values({
      kind: 'organisation',
      name,
      nameKey: name,
      industryCode: 'C3990',
      source: 'test',
      ...(createdAt && { createdAt }),
    })
    .execute()

describe('[F006] [S76] a digest lists exactly the new records', () => {
  test('after an import those of the cluster, each once, and of no other', async () => {
    await bring(['早已在册电子', 'C3990'])
    expect((await follow()).status).toBe(201)
    expect(await look()).toBeNull()
    const report = await bring(
      ['湖光电子', 'C3973'],
      ['远帆仪表', 'C4011'],
      ['无字头电子', '3911'],
      ['星河软件', 'I6513'],
    )
    expect(report).toMatchObject({ rows: 4, accepted: 4, refused: 0 })
    const digest = await look()
    expect(await listed(digest)).toEqual(['湖光电子', '无字头电子'])
    expect(await look()).toBeNull()
    await bring(['湖光电子', 'C3973'], ['后来电子', 'C3990'])
    expect(await listed(await look())).toEqual(['后来电子'])
    const { body } = await reader.get('/api/v1/digests')
    expect(body.items.map(({ records }: any) => records)).toEqual([1, 2])
  })

  test('a record whose transaction began before the look and ended after it is in the next one, once', async () => {
    await follow()
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    const slow = w.db.transaction().execute(async (tx) => {
      await plant(tx, '慢速导入电子')
      await held
    })
    await plant(w.db, '快速登记电子')
    expect(await listed(await look())).toEqual(['快速登记电子'])
    release()
    await slow
    expect(await listed(await look())).toEqual(['慢速导入电子'])
    expect(await look()).toBeNull()
  })

  test('a record that was being written while somebody began to follow is new to them', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    const slow = w.db.transaction().execute(async (tx) => {
      await plant(tx, '同时写入电子')
      await held
    })
    await follow()
    release()
    await slow
    expect(await listed(await look())).toEqual(['同时写入电子'])
  })

  test('any order of beginnings, ends and looks lists every record once', async () => {
    const hour = 3600_000
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constant('look' as const), fc.integer({ min: 0, max: 20 })), {
          minLength: 1,
          maxLength: 12,
        }),
        async (steps) => {
          for (const table of ['subscriptionRecord', 'subscription', 'digest'] as const)
            await w.db.deleteFrom(table).execute()
          await follow()
          const planted: string[] = []
          const seen: string[] = []
          for (const step of steps) {
            if (step === 'look') seen.push(...(await listed(await look())))
            else {
              // Committed now, recorded up to twenty hours ago.
              const name = `属性电子${Math.random()}`
              await plant(w.db, name, new Date(Date.now() - step * hour))
              planted.push(name)
            }
          }
          seen.push(...(await listed(await look())))
          expect(seen.toSorted((a, b) => a.localeCompare(b))).toEqual(
            planted.toSorted((a, b) => a.localeCompare(b)),
          )
        },
      ),
      { numRuns: 15 },
    )
  })

  test('two looks at once list no record twice', async () => {
    await follow()
    for (let index = 0; index < 20; index += 1) await plant(w.db, `并发电子${index}`)
    const made = await Promise.all([look(), look(), look()])
    const all = (await Promise.all(made.map(listed))).flat()
    expect(all).toHaveLength(20)
    expect(new Set(all).size).toBe(20)
  })

  test('its pages together are the whole, and its count is what it lists', async () => {
    await follow()
    for (let index = 0; index < 7; index += 1) await plant(w.db, `分页电子${index}`)
    const id = await look()
    const first = (await reader.get(`/api/v1/digests/${id}?limit=5`)).body
    const rest = (await reader.get(`/api/v1/digests/${id}?limit=5&cursor=${first.next}`)).body
    expect([first.total, first.items.length, rest.items.length, rest.next]).toEqual([7, 5, 2, null])
  })

  test('a look that fails lists nothing and loses nothing', async () => {
    await follow()
    await plant(w.db, '失败之后电子')
    await sql`alter table notice add constraint broken check (kind <> 'services.digest') not valid`.execute(
      w.db,
    )
    expect((await reader.post('/api/v1/digests')).status).toBe(500)
    await sql`alter table notice drop constraint broken`.execute(w.db)
    expect(await listed(await look())).toEqual(['失败之后电子'])
  })
})

const line = (name: string) => `名称,统一社会信用代码\n${name},91320115MA0TE5T080\n`

describe('[F006] [S77] what can be followed', () => {
  test('every feed names itself in both languages, and every listed topic can be followed', async () => {
    const { items } = (await new Person(w).get('/api/v1/feeds')).body
    expect(items.map(({ about }: any) => about)).toEqual(
      expect.arrayContaining(['cluster', 'policy', 'organisation', 'indicator', 'agency']),
    )
    for (const feed of items) {
      expect([feed.code, feed.names.zh !== '', feed.names.en !== '']).toEqual([feed.code, true, true])
      const [topic] = feed.topics ?? []
      if (topic === undefined) continue
      const answer = await follow({ feed: feed.code, topic: topic.code })
      expect([feed.code, answer.status]).toEqual([feed.code, 201])
    }
    expect(await look()).toBeNull()
  })

  test('a competitor by its code: each change in the register', async () => {
    await w.db.deleteFrom('subscription').execute()
    const path = join(folder, 'rival.csv')
    w.setToday('2026-11-20')
    await writeFile(path, line('对手仪器有限公司'))
    await runImport('organisations', path, { context: w.context() })
    await follow({ feed: 'parties.organisation', topic: ' 91320115ma0te5t080 ' })
    expect(await look()).toBeNull()
    w.setToday('2026-11-21')
    await writeFile(path, line('对手精密仪器有限公司'))
    await runImport('organisations', path, { context: w.context() })
    expect(await listed(await look())).toEqual(['对手精密仪器有限公司（自 2026-11-21 起）'])
  })

  test('is refused where it is unknown or followed already', async () => {
    const code = async (what: object) => (await follow(what)).body.code
    expect(await code({ ...CLUSTER, feed: 'made.up' })).toBe('UNKNOWN_FEED')
    expect(await code({ ...CLUSTER, topic: 'made-up' })).toBe('UNKNOWN_TOPIC')
    await follow()
    expect(await code(CLUSTER)).toBe('ALREADY_FOLLOWED')
  })

  test("nobody sees, changes or ends another's", async () => {
    const { id, version } = (await follow()).body
    await plant(w.db, '别人看不到电子')
    const digest = await look()
    expect((await stranger.get('/api/v1/subscriptions')).body.items).toEqual([])
    expect((await stranger.get(`/api/v1/digests/${digest}`)).status).toBe(404)
    expect(
      (await stranger.request('PATCH', `/api/v1/subscriptions/${id}`, { rhythm: 'weekly', version })).status,
    ).toBe(409)
    expect((await stranger.request('DELETE', `/api/v1/subscriptions/${id}`)).status).toBe(404)
    expect((await new Person(w).get('/api/v1/subscriptions')).status).toBe(401)
  })

  test('the rhythm changes under its version, and what was ended lists nothing', async () => {
    const { id } = (await follow()).body
    const change = (version: number) =>
      reader.request('PATCH', `/api/v1/subscriptions/${id}`, { rhythm: 'weekly', version })
    expect([(await change(1)).status, (await change(1)).body.code]).toEqual([200, 'CHANGED_MEANWHILE'])
    await reader.request('DELETE', `/api/v1/subscriptions/${id}`)
    await plant(w.db, '已经结束电子')
    expect(await look()).toBeNull()
  })
})

const run = () =>
  makeDigests(() => feeds).run({ db: w.db, log: createLog('silent'), zone: { current: () => w.zone } }, {})

describe('[F006] the job of the morning', () => {
  test('tells by the page and by mail, once however often it runs', async () => {
    await follow()
    await plant(w.db, '清晨电子')
    await run()
    await run()
    const notices = (await reader.get('/api/v1/notices')).body
    expect(notices.items).toMatchObject([
      { kind: 'services.digest', title: { zh: '您订阅的内容有 1 条新记录' } },
    ])
    const letters = await w.db.selectFrom('outbox').select(['recipient', 'body', 'linkPath']).execute()
    expect(letters).toHaveLength(1)
    expect(letters[0]?.body).toContain('· 清晨电子')
    expect(letters[0]?.linkPath).toBe(notices.items[0].href)
  })

  test.for([
    ['daily', '2026-11-25', true],
    ['weekly', '2026-11-25', false],
    ['weekly', '2026-11-23', true],
  ] as const)('%s on %s: %s', ([rhythm, day, due]) => {
    expect(isDue(rhythm, date(day))).toBe(due)
  })
})
