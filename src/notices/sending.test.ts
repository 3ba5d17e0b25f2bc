import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { projectFolder } from '#platform/config.ts'
import { deliverOutbox, listOutbox, putIntoOutbox, type NewOutgoing } from '#platform/outbox.ts'
import { isGenuine, sign, webhookSender } from '#platform/webhook.ts'
import { testDatabase } from '#testing/database.ts'
import { mailServer, type MailServer } from '#testing/mail-server.ts'
import { messageGateway, type MessageGateway } from '#testing/message-gateway.ts'
import { sendersOf } from './senders.ts'

const SECRET = 'a secret that both sides know, and nobody else'
const { db, url, drop } = await testDatabase()
let mail: MailServer
let gateway: MessageGateway

beforeAll(async () => {
  mail = await mailServer()
  gateway = await messageGateway(SECRET)
})
afterAll(async () => {
  await mail.stop()
  await gateway.stop()
  await drop()
})
afterEach(async () => {
  await db.deleteFrom('outbox').execute()
  mail.received.length = 0
  mail.onLetter = () => {}
  gateway.requests.length = 0
  gateway.passedOn.length = 0
  gateway.answer = () => 204
})

const senders = () =>
  sendersOf({
    smtpUrl: mail.url,
    publicUrl: 'http://zone.test',
    webhooks: { sms: { url: gateway.url, secret: SECRET }, wechat: undefined },
  })
const later = (minutes: number) => () => new Date(Date.now() + minutes * 60_000)
const letter = (recipient: string): NewOutgoing => ({
  channel: 'mail',
  recipient,
  subject: '桃子熟了 / The peaches are ripe',
  body: '请来采摘。\nCome and pick.',
  linkPath: '/work/notices',
})
const message = (recipient: string): NewOutgoing => ({
  channel: 'sms',
  recipient,
  subject: '桃子熟了',
  body: 'orchard.ripe',
  linkPath: '/work/notices',
})

describe('[S73] mail', () => {
  test('arrives whole at a mail server, in Chinese, with its link and an id of its own', async () => {
    await putIntoOutbox(db, letter('a@example.com'))
    expect(await deliverOutbox(db, senders())).toBe(1)
    const [arrived] = mail.received
    const [row] = await listOutbox(db, 'sent', { limit: 1 })
    expect(arrived?.to).toBe('a@example.com')
    expect(arrived?.messageId).toBe(`${row?.id}@zone.test`)
    expect(arrived?.raw).toContain('Auto-Submitted: auto-generated')
    const text = Buffer.from(arrived?.raw.split('\r\n\r\n')[1] ?? '', 'base64').toString()
    const plain = text.includes('请来采摘') ? text : decodeQuoted(arrived?.raw ?? '')
    expect(plain).toContain('请来采摘')
    expect(plain).toContain('http://zone.test/work/notices')
  })

  test('to a mailbox that does not exist is given up at once; to one that is full it is tried again', async () => {
    mail.refused.set('gone@example.com', { code: 550, words: 'no such mailbox' })
    mail.refused.set('full@example.com', { code: 452, words: 'mailbox full' })
    await putIntoOutbox(db, [letter('gone@example.com'), letter('full@example.com')])
    await deliverOutbox(db, senders())
    expect(await listOutbox(db, 'dead', { limit: 9 })).toMatchObject([{ recipient: 'gone@example.com' }])
    mail.refused.clear()
    await deliverOutbox(db, senders(), later(2))
    expect(mail.received.map(({ to }) => to)).toEqual(['full@example.com'])
  })

  test('a mail server that is down costs nothing but time', async () => {
    await putIntoOutbox(db, letter('a@example.com'))
    const down = sendersOf({
      smtpUrl: 'smtp://127.0.0.1:1',
      publicUrl: 'http://zone.test',
      webhooks: { sms: undefined, wechat: undefined },
    })
    expect(await deliverOutbox(db, down)).toBe(0)
    expect(await listOutbox(db, 'waiting', { limit: 9 })).toMatchObject([{ attempts: 1 }])
    expect(await deliverOutbox(db, senders(), later(2))).toBe(1)
  })
})

/** The worker as a process of its own; answers when it has ended, by itself or killed. */
function worker(): { kill: () => void; ended: Promise<unknown> } {
  const child = spawn(process.execPath, [join(projectFolder, 'testing/outbox-worker.ts')], {
    cwd: projectFolder,
    stdio: 'ignore',
    env: {
      ...process.env,
      DATABASE_URL: url,
      SMTP_URL: mail.url,
      SMS_WEBHOOK_URL: gateway.url,
      WEBHOOK_SECRET: SECRET,
    },
  })
  return { kill: () => child.kill('SIGKILL'), ended: new Promise((resolve) => child.once('close', resolve)) }
}

describe('[S73] a worker that is killed between sending and marking', () => {
  test('loses no letter, and the one sent again carries the id by which it is known', async () => {
    const all = Array.from({ length: 12 }, (_, index) => `p${index}@example.com`)
    await putIntoOutbox(db, all.map(letter))
    const running = worker()
    mail.onLetter = () => {
      if (mail.received.length === 5) running.kill()
    }
    await running.ended
    mail.onLetter = () => {}
    expect(mail.received).toHaveLength(5)
    expect(await listOutbox(db, 'sent', { limit: 99 })).toHaveLength(4)

    // While the dead worker's lease runs, nobody takes its letter; the others go on.
    expect(await deliverOutbox(db, senders())).toBe(7)
    expect(await deliverOutbox(db, senders(), later(4))).toBe(1)
    expect(await listOutbox(db, 'waiting', { limit: 99 })).toEqual([])
    const ids = mail.received.map(({ messageId }) => messageId)
    expect(ids).toHaveLength(13)
    expect(new Set(ids).size).toBe(12)
    expect(new Set(mail.received.map(({ to }) => to))).toEqual(new Set(all))
    const again = mail.received.at(-1)
    expect(again?.messageId).toBe(mail.received[4]?.messageId)
    expect(again?.raw).toContain('X-Zhiyuan-Attempt: 2')
  }, 30_000)

  test('makes a gateway that knows the id pass the message on once', async () => {
    await putIntoOutbox(
      db,
      Array.from({ length: 6 }, (_, index) => message(`1381234000${index}`)),
    )
    const running = worker()
    gateway.answer = () => {
      if (gateway.requests.length === 3) running.kill()
      return 204
    }
    await running.ended
    gateway.answer = () => 204
    await deliverOutbox(db, senders())
    await deliverOutbox(db, senders(), later(4))
    expect(await listOutbox(db, 'sent', { limit: 99 })).toHaveLength(6)
    expect(gateway.requests).toHaveLength(7)
    expect(gateway.passedOn.map(({ to }) => to).sort()).toEqual(
      Array.from({ length: 6 }, (_, index) => `1381234000${index}`),
    )
  }, 30_000)
})

describe('[S73] the signed webhook', () => {
  test('says what, to whom, and where it leads, and a gateway believes it', async () => {
    await putIntoOutbox(db, message('13812340000'))
    expect(await deliverOutbox(db, senders())).toBe(1)
    expect(gateway.passedOn).toMatchObject([
      {
        channel: 'sms',
        to: '13812340000',
        text: '桃子熟了',
        kind: 'orchard.ripe',
        link: 'http://zone.test/work/notices',
        attempt: 1,
      },
    ])
  })

  test.for([
    [500, 'waiting'],
    [429, 'waiting'],
    [302, 'waiting'],
    [401, 'waiting'],
    [400, 'dead'],
    [410, 'dead'],
    [422, 'dead'],
  ] as const)('an answer of %i leaves the message %s', async ([status, state]) => {
    gateway.answer = () => status
    await putIntoOutbox(db, message('13812340000'))
    expect(await deliverOutbox(db, senders())).toBe(0)
    expect(await listOutbox(db, state, { limit: 9 })).toMatchObject([
      { lastError: `the gateway answered ${status}` },
    ])
    expect(gateway.requests).toHaveLength(1)
  })

  test('of somebody without the secret is refused', async () => {
    const before = gateway.forged
    const send = webhookSender(
      { url: gateway.url, secret: 'another secret of more than 32 characters' },
      'http://zone.test',
    )
    const outgoing = { ...message('13812340000'), id: 'x', createdAt: new Date(), attempt: 1 }
    await expect(send(outgoing)).rejects.toThrow('the gateway answered 401')
    expect(gateway.forged).toBe(before + 1)
    expect(gateway.requests).toEqual([])
  })

  test('is not believed with a changed body, id or moment, nor when it is played again later', () => {
    const now = new Date('2026-11-22T04:00:00Z')
    const seconds = now.getTime() / 1000
    const good = {
      id: 'm1',
      timestamp: String(seconds),
      body: '{}',
      signature: sign(SECRET, 'm1', seconds, '{}'),
    }
    expect(isGenuine(SECRET, good, now)).toBe(true)
    expect(isGenuine(SECRET, { ...good, signature: `v1,AAAA ${good.signature}` }, now)).toBe(true)
    for (const forged of [
      { ...good, body: '{"to":"1"}' },
      { ...good, id: 'm2' },
      { ...good, timestamp: String(seconds + 1) },
      { ...good, timestamp: 'yesterday' },
      { ...good, signature: '' },
    ])
      expect(isGenuine(SECRET, forged, now)).toBe(false)
    expect(isGenuine(SECRET, good, new Date(now.getTime() + 301_000))).toBe(false)
    expect(isGenuine(SECRET, good, new Date(now.getTime() + 299_000))).toBe(true)
  })
})

function decodeQuoted(raw: string): string {
  const body = raw.slice(raw.indexOf('\r\n\r\n')).replaceAll(/=\r\n/gu, '')
  return Buffer.from(
    body.replaceAll(/=([0-9A-F]{2})/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()
}
