import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '#platform/processes.ts'
import { Person } from '#testing/person.ts'
import { processesOf, startPlatform, untilGone } from '#testing/platform-process.ts'
import { temporaryFolder } from '#testing/temporary-folder.ts'

const SUBMITS = 1000
const AT_ONCE = 8

let dataFolder: string
let port: number

beforeAll(async () => {
  dataFolder = await temporaryFolder('matters-faults')
  port = await freePort()
})
afterAll(async () => {
  for (const { pid } of processesOf(dataFolder)) process.kill(pid, 'SIGKILL')
  await untilGone(dataFolder, 10_000)
  await rm(dataFolder, { recursive: true, force: true })
})

const start = () => startPlatform({ dataFolder, port, env: { ZHIYUAN_RATE_LIMIT: '0' } })
const answers = {
  topic: 'filing',
  subject: '断电试验',
  question: '提交过程中断电，已收到回执的办件是否仍然存在？',
  contactName: '王小明',
}

interface Submission {
  readonly draft: string
  number?: string
  entryId?: string
}

test('[F001] [F004] of 1,000 submits with every process killed in the middle, each acknowledged one exists once with its receipt', async () => {
  let platform = await start()
  const person = new Person(platform)
  await person.signInFully('citizen@demo.zhiyuan.example')
  const before = (await person.get('/api/v1/matters?scope=mine&limit=1')).body.total as number
  const all: Submission[] = []
  let acknowledged = 0
  let killed = false

  const submitOne = async (one: Submission) => {
    const sent = await person.post(`/api/v1/drafts/${one.draft}/submission`, { version: 1 })
    if (sent.status !== 200) throw new Error(`answered ${sent.status}: ${JSON.stringify(sent.body)}`)
    one.number = sent.body.number
    one.entryId = sent.body.entryId
    acknowledged += 1
  }
  const work = async () => {
    while (all.length < SUBMITS) {
      const draft = await person.post('/api/v1/drafts', { procedure: 'general-enquiry', answers })
      if (draft.status !== 201) throw new Error(`a draft answered ${draft.status}`)
      const one: Submission = { draft: draft.body.id }
      all.push(one)
      await submitOne(one)
      if (acknowledged >= SUBMITS / 2 && !killed) {
        killed = true
        for (const { pid } of platform.processes()) process.kill(pid, 'SIGKILL')
      }
    }
  }
  // Everybody's request breaks off when the power goes; nobody knows which of them were kept.
  await Promise.all(Array.from({ length: AT_ONCE }, () => work().catch(() => undefined)))
  expect(killed).toBe(true)
  const received = all.filter(({ number }) => number !== undefined)
  expect(received.length).toBeGreaterThanOrEqual(SUBMITS / 2)

  await untilGone(dataFolder, 20_000)
  platform = await start()
  // Whoever got no answer sends again, and those who did look at what they hold.
  for (const one of all.filter(({ number }) => number === undefined)) await submitOne(one)
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  // Each of those at work may have begun one more when the last was counted.
  expect(all.length).toBeGreaterThanOrEqual(SUBMITS)
  for (const one of received) {
    const again = await person.post(`/api/v1/drafts/${one.draft}/submission`, { version: 1 })
    expect(again.body).toMatchObject({ number: one.number, entryId: one.entryId })
  }
  const numbers = new Set(all.map(({ number }) => number))
  expect(numbers.size).toBe(all.length)
  const mine = await person.get('/api/v1/matters?scope=mine&limit=1')
  expect(mine.body.total - before).toBe(all.length)
}, 600_000)
