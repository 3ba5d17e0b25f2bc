import { beforeAll, expect, test, vi } from 'vitest'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readConfig } from '#platform/config.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'
import { world, type Caller, type World } from '#testing/world.ts'
import { procedures } from '../procedures.ts'
import { citizen, clerk, submitEnquiry, type Clerk } from '#testing/matters.ts'
import { lookAtDeadlines } from './jobs.ts'
import { recountIfChanged } from './recount.ts'

let w: World
let folder: string
let window: Clerk
let leader: Clerk
let person: Caller

beforeAll(async () => {
  folder = await temporaryFolder('zone')
  await cp(readConfig({ NODE_ENV: 'test' }).zoneFolder, folder, { recursive: true })
  w = await world({ zoneFolder: folder, zoneInForce: true })
  w.setToday('2026-11-23')
  window = await clerk(w, 'window', ['window-gaoxinyuan'])
  leader = await clerk(w, 'leader', [], ['leader'])
  const account = await clerk(w, 'person', [], ['citizen'])
  person = account
  return () => rm(folder, { recursive: true, force: true })
})

const get = async (who: Caller, number: string) => (await who.get(`/api/v1/matters/${number}`)).body
const act = async (who: Caller, number: string, step: string, more: object = {}) =>
  who.post(`/api/v1/matters/${number}/steps`, { step, version: (await get(who, number)).version, ...more })
const told = async (accountId: string) => {
  const rows = await w.db
    .selectFrom('notice')
    .select(['titleZh', 'kind'])
    .where('recipientId', '=', accountId)
    .execute()
  return rows.filter(({ kind }) => kind === 'matters.deadline').map(({ titleZh }) => titleZh)
}

async function setHoliday(day: string) {
  const file = join(folder, 'calendar/2026.json')
  const calendar = JSON.parse(await readFile(file, 'utf8')) as { days: object[] }
  calendar.days.push({ date: day, names: { zh: '测试假日', en: 'A test holiday' }, off: true })
  await writeFile(file, JSON.stringify(calendar))
  const reloaded = await w.as('administrator').post('/api/v1/zone/reload')
  expect(reloaded.status).toBe(200)
}

test('[F028] [S80] a public holiday that is added moves the open clocks, logs each move, and stands in the derivation', async () => {
  await recountIfChanged(w.context())
  const { number } = await submitEnquiry(person)
  const closed = await submitEnquiry(person)
  await act(window, closed.number, 'accept')
  await act(person, closed.number, 'withdraw')
  const clocks = async (of: string) => (await person.get(`/api/v1/matters/${of}/clocks`)).body.items
  const reply = async (of = number) => (await clocks(of)).find(({ code }: any) => code === 'reply')
  expect(await reply()).toMatchObject({ due: '2026-11-30', moves: [] })
  const untouched = await reply(closed.number)

  await setHoliday('2026-11-26')
  // Every process serves a new version of the zone within a second.
  const recount = await vi.waitFor(
    async () => {
      const { body } = await w.as('administrator').post('/api/v1/clocks/recounts')
      expect(body.recount).not.toBeNull()
      return body.recount
    },
    { timeout: 10_000, interval: 200 },
  )
  expect(recount).toMatchObject({ moved: 1, clocks: 2 })
  const moved = await reply()
  expect(moved).toMatchObject({ due: '2026-12-01', moves: [{ before: '2026-11-30', after: '2026-12-01' }] })
  expect(moved.derivation).toContainEqual(
    expect.objectContaining({ date: '2026-11-26', reason: 'holiday', holiday: '测试假日' }),
  )
  // The list of the queue follows; what is closed keeps its days.
  expect((await window.get('/api/v1/matters?scope=queue')).body.items.map(({ due }: any) => due.on)).toEqual([
    '2026-11-25',
  ])
  expect((await reply(closed.number)).due).toBe(untouched.due)
  expect((await w.as('auditor').get('/api/v1/clocks/recounts')).body.items[0]).toMatchObject({ moved: 1 })
  // Looking again finds the same calendar and does nothing.
  expect(await recountIfChanged(w.context())).toBeUndefined()
  await act(person, number, 'withdraw')
})

test('[F028] who is to act is reminded before, once; the day after, the one above is told', async () => {
  w.setToday('2026-11-23')
  const { number } = await submitEnquiry(person)
  await window.post(`/api/v1/matters/${number}/claim`, { version: 1 })
  const look = async (today: string) => {
    w.setToday(today)
    await lookAtDeadlines(w.context(), procedures)
    await lookAtDeadlines(w.context(), procedures)
  }
  await look('2026-11-23')
  expect(await told(window.accountId)).toEqual([])
  await look('2026-11-24')
  expect(await told(window.accountId)).toEqual([`${number} 受理期限还有 1 天（2026-11-25）`])
  await look('2026-11-25')
  expect(await told(window.accountId)).toHaveLength(2)
  expect(await told(leader.accountId)).toEqual([])
  await look('2026-11-27')
  expect(await told(leader.accountId)).toEqual([`${number} 受理期限已逾期（2026-11-25）`])
  const late = (await window.get('/api/v1/matters?scope=late')).body
  expect(late.items.map((one: any) => [one.number, one.due.late])).toEqual([[number, true]])
  expect((await citizen(w, 'stranger').get('/api/v1/matters?scope=late')).body.total).toBe(0)
  await act(person, number, 'withdraw')
})

test('[F028] silence ends a matter only where its rule says so, on the day after the term', async () => {
  w.setToday('2026-11-23')
  const { number } = await submitEnquiry(person)
  await act(window, number, 'askCorrection', { note: '请补充', items: [{ kind: 'other', wanted: '说明' }] })
  const due = (await person.get(`/api/v1/matters/${number}/clocks`)).body.items.find(
    ({ code }: any) => code === 'correction',
  ).due
  w.setToday(due)
  await lookAtDeadlines(w.context(), procedures)
  expect((await get(person, number)).state.code).toBe('correcting')
  w.setToday('2026-12-20')
  await lookAtDeadlines(w.context(), procedures)
  const lapsed = await get(person, number)
  expect(lapsed.state).toMatchObject({ code: 'lapsed', kind: 'closed', outcome: 'failed' })
  expect(lapsed.events.at(-1)).toMatchObject({
    kind: 'expired',
    side: 'system',
    detail: { clock: 'correction' },
  })
})
