import { beforeAll, describe, expect, test } from 'vitest'
import { clerk, submitEnquiry, type Clerk } from '#testing/matters.ts'
import { world, type Caller, type World } from '#testing/world.ts'
import { procedures } from '../procedures.ts'
import { releaseOrphans } from './orphans.ts'

const STATION = 'window-gaoxinyuan'

let w: World
let person: Clerk
let window: Clerk
let elsewhere: Clerk
let administrator: Caller

beforeAll(async () => {
  w = await world()
  w.setToday('2026-11-23')
  person = await clerk(w, 'person', [], ['citizen'])
  window = await clerk(w, 'window', [STATION])
  elsewhere = await clerk(w, 'elsewhere', ['window-centre'])
  administrator = await clerk(w, 'administrator', [], ['administrator'])
})

const get = async (who: Caller, number: string) => (await who.get(`/api/v1/matters/${number}`)).body
const clocksOf = async (number: string) => (await person.get(`/api/v1/matters/${number}/clocks`)).body.items
const unassigned = async (who: Caller) =>
  (await who.get('/api/v1/matters?scope=queue&unassigned=true')).body.items
const look = () => releaseOrphans(w.context(), procedures)

async function inHandOf(name: string) {
  const holder = await clerk(w, name, [STATION])
  const { number } = await submitEnquiry(person)
  expect((await holder.post(`/api/v1/matters/${number}/claim`, { version: 1 })).status).toBe(200)
  return { holder, number }
}

/** What the public log holds about the loss, without a name. */
async function entriesOf(number: string) {
  const rows = await w.db.selectFrom('ledgerEntry').select('body').orderBy('id').execute()
  const entries = rows.map(({ body }) => JSON.parse(body))
  return entries.filter((one) => one.action === 'matter.handler-lost' && one.detail.number === number)
}

const toldOf = async ({ accountId }: Clerk, number: string) =>
  w.db
    .selectFrom('notice')
    .select(['titleZh', 'bodyZh'])
    .where('recipientId', '=', accountId)
    .where('titleZh', 'like', `${number} 无人经办%`)
    .execute()

const losses: [how: string, why: string, lose: (holder: Clerk) => Promise<{ status: number }>][] = [
  [
    'the role',
    'role-lost',
    ({ accountId }) =>
      administrator.put(`/api/v1/accounts/${accountId}/roles`, { roles: ['auditor'], reason: '岗位调整' }),
  ],
  [
    'every role',
    'role-lost',
    ({ accountId }) =>
      administrator.put(`/api/v1/accounts/${accountId}/roles`, { roles: [], reason: '离职交接' }),
  ],
  [
    'the account',
    'suspended',
    ({ accountId }) =>
      administrator.post(`/api/v1/accounts/${accountId}/suspension`, { reason: '账户异常，先停用' }),
  ],
]

describe('[F003] [S78] who loses the role with matters in hand leaves none of them behind', () => {
  test.for(losses)(
    '%s is lost: listed at once, released by the job, the term runs on',
    async ([, why, lose]) => {
      const { holder, number } = await inHandOf(`holder-${losses.findIndex((one) => one[2] === lose)}`)
      const before = await clocksOf(number)
      const { due } = await get(window, number)

      expect((await lose(holder)).status).toBe(200)
      // Nobody has to wait for the job: the station sees it at once among what nobody handles.
      expect((await unassigned(window)).find((one: any) => one.number === number)).toMatchObject({
        orphaned: true,
        due,
      })
      expect(await look()).toBe(1)
      expect(await look()).toBe(0)

      const free = await get(window, number)
      expect(free).toMatchObject({ handler: null, orphaned: false, mayClaim: true, due })
      const lost = { kind: 'handler-lost', side: 'system', detail: { before: 'officer', why } }
      expect(free.events.at(-1)).toMatchObject(lost)
      // The applicant loses no day and reads nothing about persons of the office.
      expect(await clocksOf(number)).toEqual(before)
      const seen = await get(person, number)
      expect(seen.events.some(({ kind }: { kind: string }) => kind === 'handler-lost')).toBe(false)
      const told = await toldOf(window, number)
      expect(told).toEqual([expect.objectContaining({ bodyZh: expect.stringContaining('期限照常计算') })])
      expect(await toldOf(elsewhere, number)).toEqual([])
      const detail = { number, before: holder.accountId, why }
      expect(await entriesOf(number)).toEqual([expect.objectContaining({ detail })])

      const taken = await window.post(`/api/v1/matters/${number}/claim`, { version: free.version })
      expect(taken.status).toBe(200)
      expect(await look()).toBe(0)
    },
  )

  test('a post that ends gives back at once, in the name of whoever ended it', async () => {
    const { holder, number } = await inHandOf('leaving')
    const before = await clocksOf(number)
    const posts = (await window.get(`/api/v1/stations/${STATION}/posts`)).body.items
    const post = posts.find(({ accountId }: { accountId: string }) => accountId === holder.accountId)
    const path = `/api/v1/stations/${STATION}/posts/${post.id}`
    expect((await window.del(path)).body.code).toBe('FORBIDDEN')
    expect((await administrator.del(path)).body).toEqual({ released: 1 })
    const free = await get(window, number)
    expect(free).toMatchObject({ handler: null, mayClaim: true })
    expect(free.events.at(-1)).toMatchObject({
      kind: 'handler-lost',
      side: 'office',
      by: 'administrator',
      detail: { before: 'officer', why: 'post-ended' },
    })
    expect(await clocksOf(number)).toEqual(before)
    expect(await toldOf(window, number)).toHaveLength(1)
    expect(await entriesOf(number)).toHaveLength(1)
    expect(await look()).toBe(0)
  })

  test('who keeps a role that handles it keeps the matter', async () => {
    const { holder, number } = await inHandOf('promoted')
    const roles = { roles: ['operator', 'auditor'], reason: '轮岗' }
    expect((await administrator.put(`/api/v1/accounts/${holder.accountId}/roles`, roles)).status).toBe(200)
    expect(await look()).toBe(0)
    expect(await get(window, number)).toMatchObject({ handler: 'officer', orphaned: false })
  })

  test('a matter that is closed stays in the name of whoever closed it', async () => {
    const { holder, number } = await inHandOf('finished')
    const { version } = await get(person, number)
    const step = { step: 'withdraw', version }
    expect((await person.post(`/api/v1/matters/${number}/steps`, step)).status).toBe(200)
    const none = { roles: [], reason: '离职交接' }
    await administrator.put(`/api/v1/accounts/${holder.accountId}/roles`, none)
    expect(await look()).toBe(0)
    expect((await get(window, number)).handler).toBe('officer')
  })
})
