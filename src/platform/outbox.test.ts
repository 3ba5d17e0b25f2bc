import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { testDatabase } from '#testing/database.ts'
import {
  CannotBeDelivered,
  deliverOutbox,
  listOutbox,
  putIntoOutbox,
  reviveOutgoing,
  RETRY_MINUTES,
  type Outgoing,
} from './outbox.ts'

const { db, drop } = await testDatabase()
afterAll(drop)
afterEach(() => db.deleteFrom('outbox').execute())

const letter = (recipient: string) => ({
  channel: 'mail' as const,
  recipient,
  subject: 's',
  body: 'b',
  linkPath: '/x',
})
const at = (minutes: number) => () => new Date(Date.parse('2026-11-22T04:00:00Z') + minutes * 60_000)

async function put(...recipients: string[]) {
  await putIntoOutbox(db, recipients.map(letter))
  await db
    .updateTable('outbox')
    .set({ dueAt: at(0)() })
    .execute()
}

async function refuseAll({ recipient }: Outgoing): Promise<void> {
  if (recipient === 'gone@example.com') throw new CannotBeDelivered('no such mailbox')
  throw new Error('busy')
}

describe('the outbox', () => {
  test('[F106] keeps what is refused with its reason, sends the others, and tries again later', async () => {
    await put('a@example.com', 'b@example.com')
    const taken: string[] = []
    const send =
      (refused: string) =>
      async ({ recipient }: Outgoing) => {
        if (recipient === refused) throw new Error('mailbox unavailable')
        taken.push(recipient)
      }
    expect(await deliverOutbox(db, { mail: send('a@example.com') }, at(0))).toBe(1)
    expect(await listOutbox(db, 'waiting', { limit: 9 })).toMatchObject([
      { recipient: 'a@example.com', attempts: 1, lastError: 'mailbox unavailable' },
    ])
    expect(await deliverOutbox(db, { mail: send('nobody') }, at(0.5))).toBe(0)
    expect(await deliverOutbox(db, { mail: send('nobody') }, at(1))).toBe(1)
    expect(await deliverOutbox(db, { mail: send('nobody') }, at(1))).toBe(0)
    expect(taken).toEqual(['b@example.com', 'a@example.com'])
  })

  test('gives up after the last attempt, or at once when no attempt can succeed, and sends again when told to', async () => {
    await put('slow@example.com', 'gone@example.com')
    await deliverOutbox(db, { mail: refuseAll }, at(0))
    expect(await listOutbox(db, 'dead', { limit: 9 })).toMatchObject([
      { lastError: 'no such mailbox', attempts: 1 },
    ])
    let minutes = 0
    for (const wait of RETRY_MINUTES) {
      minutes += wait
      expect(await listOutbox(db, 'waiting', { limit: 9 })).toHaveLength(1)
      await deliverOutbox(db, { mail: refuseAll }, at(minutes))
    }
    const dead = await listOutbox(db, 'dead', { limit: 9 })
    expect(dead.map(({ recipient }) => recipient).sort()).toEqual(['gone@example.com', 'slow@example.com'])
    const { id } = dead.find(({ recipient }) => recipient === 'slow@example.com')!
    expect([
      await reviveOutgoing(db, id, at(minutes)()),
      await reviveOutgoing(db, id, at(minutes)()),
    ]).toEqual([true, false])
    const sent: string[] = []
    await deliverOutbox(db, { mail: async (outgoing) => void sent.push(outgoing.id) }, at(minutes))
    expect(sent).toEqual([id])
  })

  test('keeps what has no sender without counting an attempt', async () => {
    await put('a@example.com')
    await db.updateTable('outbox').set({ channel: 'sms' }).execute()
    expect(await deliverOutbox(db, { mail: async () => {} }, at(0))).toBe(0)
    expect(await listOutbox(db, 'waiting', { limit: 9 })).toMatchObject([{ attempts: 0, lastError: null }])
  })

  test('two workers at once send each once', async () => {
    await put(...Array.from({ length: 60 }, (_, index) => `p${index}@example.com`))
    const sent: string[] = []
    const send = async ({ recipient }: Outgoing) => {
      sent.push(recipient)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    const counts = await Promise.all([1, 2, 3].map(() => deliverOutbox(db, { mail: send }, at(0))))
    expect(counts.reduce((a, b) => a + b, 0)).toBe(60)
    expect(new Set(sent).size).toBe(60)
    expect(sent).toHaveLength(60)
  })
})
