import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Person } from '#testing/person.ts'
import { signedInWorld } from '#testing/signed-in-world.ts'
import type { World } from '#testing/world.ts'
import { recordAudit } from '../ledger/public.ts'
import { digestNotice, orderNotice } from '../services/notices.ts'
import type { NoticeKind } from './define.ts'
import { notify, type NewNotice } from './public.ts'

let w: World
let citizen: Person
let stranger: Person
let administrator: Person
let citizenId = ''

beforeAll(async () => {
  w = await signedInWorld({
    env: {
      SMS_WEBHOOK_URL: 'http://127.0.0.1:9/sms',
      WEBHOOK_SECRET: 'a secret that both sides know, and nobody else',
    },
  })
  const signedIn = async (role: string) => {
    const one = new Person(w)
    await one.signInFully(`${role}@demo.zhiyuan.example`)
    return one
  }
  citizen = await signedIn('citizen')
  stranger = await signedIn('volunteer')
  administrator = await signedIn('administrator')
  citizenId = (await citizen.get('/api/v1/session')).body.accountId
})

beforeEach(async () => {
  for (const table of [
    'notice',
    'outbox',
    'noticePreference',
    'noticeLanguage',
    'noticeAddress',
    'noticeCode',
  ] as const)
    await w.db.deleteFrom(table).execute()
})

const tell = (kind: NoticeKind, title: string, more: Partial<NewNotice> = {}) =>
  w.write(async (tx, context) => {
    await recordAudit(tx, context, { action: 'test.told', subject: { kind: 'test', id: '1' } })
    return notify(tx, context, {
      to: { accounts: [citizenId] },
      kind,
      subject: { kind: 'test', id: '1' },
      words: { zh: title, en: `${title} (en)` },
      href: '/account',
      ...more,
    })
  })
const outbox = () =>
  w.db
    .selectFrom('outbox')
    .select(['channel', 'recipient', 'subject', 'body', 'linkPath'])
    .orderBy('channel')
    .execute()

describe('[S73] the page of notices', () => {
  test('lists what one was told, newest first, page by page, with the number unread', async () => {
    for (const title of ['一', '二', '三']) await tell(orderNotice, title)
    await tell(digestNotice, '四')
    const first = (await citizen.get('/api/v1/notices?limit=3')).body
    expect(first).toMatchObject({ total: 4, unread: 4 })
    expect(first.items.map((item: any) => item.title.zh)).toEqual(['四', '三', '二'])
    expect(first.items[0].kindNames).toEqual(digestNotice.names)
    const rest = (await citizen.get(`/api/v1/notices?limit=3&cursor=${first.next}`)).body
    expect([rest.items.map((item: any) => item.title.zh), rest.next]).toEqual([['一'], null])
    const digests = (await citizen.get('/api/v1/notices?kind=services.digest')).body
    expect(digests).toMatchObject({
      total: 1,
      unread: 4,
      kinds: [{ code: 'services.digest' }, { code: 'services.order' }],
    })
  })

  test('marks one as read and as unread again, and all up to one', async () => {
    for (const title of ['一', '二', '三']) await tell(orderNotice, title)
    const { items } = (await citizen.get('/api/v1/notices')).body
    expect((await citizen.request('PUT', `/api/v1/notices/${items[0].id}/read`, {})).body).toEqual({
      unread: 2,
    })
    expect((await citizen.get('/api/v1/notices?unread=true')).body.total).toBe(2)
    expect(
      (await citizen.request('PUT', `/api/v1/notices/${items[0].id}/read`, { read: false })).body,
    ).toEqual({ unread: 3 })
    // What arrived after the page was drawn stays unread.
    expect((await citizen.post('/api/v1/notices/reading', { upTo: items[1].id })).body).toEqual({
      marked: 2,
      unread: 1,
    })
    expect((await citizen.get('/api/v1/notices/unread')).body).toEqual({ unread: 1 })
  })

  test("nobody sees or marks another's", async () => {
    await tell(orderNotice, '一')
    const [{ id }] = (await citizen.get('/api/v1/notices')).body.items
    expect((await stranger.get('/api/v1/notices')).body).toMatchObject({ total: 0, items: [], unread: 0 })
    const refused = await stranger.request('PUT', `/api/v1/notices/${id}/read`, {})
    expect([refused.status, refused.body.code]).toEqual([404, 'UNKNOWN_NOTICE'])
    await stranger.post('/api/v1/notices/reading', { upTo: 'ffffffff-ffff-7fff-8fff-ffffffffffff' })
    expect((await citizen.get('/api/v1/notices/unread')).body).toEqual({ unread: 1 })
    expect((await new Person(w).get('/api/v1/notices')).status).toBe(401)
  })
})

describe('[S73] as each person chose', () => {
  test('a notice goes by mail in both languages until somebody chooses otherwise', async () => {
    await tell(orderNotice, '桃子熟了', { more: { zh: '请来采摘。', en: 'Come and pick.' } })
    const [letter] = await outbox()
    expect(letter).toMatchObject({
      channel: 'mail',
      recipient: 'citizen@demo.zhiyuan.example',
      subject: '桃子熟了 / 桃子熟了 (en)',
      linkPath: '/account',
    })
    expect(letter?.body).toContain('请来采摘。')
    expect(letter?.body).toContain('Come and pick.')
    expect(letter?.body).toContain('Service orders')
  })

  test('no letter of a kind that was switched off, and English with an English link where that was chosen', async () => {
    const chosen = await citizen.request('PUT', '/api/v1/notices/preferences', {
      language: 'en',
      choices: [{ kind: 'services.order', channel: 'mail', wanted: false }],
    })
    expect(chosen.body.kinds.find((kind: any) => kind.code === 'services.order').wants.mail).toBe(false)
    await tell(orderNotice, '一')
    await tell(digestNotice, '二')
    expect(await outbox()).toMatchObject([{ subject: '二 (en)', linkPath: '/en/account' }])
    expect((await citizen.get('/api/v1/notices')).body.total).toBe(2)
  })

  test('a kind that nobody declared cannot be chosen', async () => {
    const refused = await citizen.request('PUT', '/api/v1/notices/preferences', {
      language: null,
      choices: [{ kind: 'made.up', channel: 'mail', wanted: true }],
    })
    expect([refused.status, refused.body.code]).toEqual([422, 'UNKNOWN_KIND'])
  })

  test('SMS goes to a confirmed number only', async () => {
    await citizen.request('PUT', '/api/v1/notices/preferences', {
      language: 'zh',
      choices: [
        { kind: 'services.order', channel: 'sms', wanted: true },
        { kind: 'services.order', channel: 'mail', wanted: false },
      ],
    })
    expect(
      (await citizen.request('PUT', '/api/v1/notices/addresses/sms', { address: '+86 138-1234-5678' }))
        .status,
    ).toBe(200)
    const [code] = await outbox()
    expect(code).toMatchObject({ channel: 'sms', recipient: '13812345678' })
    await tell(orderNotice, '一')
    expect(await outbox()).toHaveLength(1)
    const digits = /\d{6}/u.exec(code?.subject ?? '')?.[0] ?? ''
    const confirmed = await citizen.post('/api/v1/notices/addresses/sms/confirmation', { code: digits })
    expect(confirmed.body).toEqual({ confirmed: true })
    await tell(orderNotice, '二')
    expect((await outbox()).at(-1)).toMatchObject({
      channel: 'sms',
      recipient: '13812345678',
      subject: '二',
      body: 'services.order',
    })
    const { addresses } = (await citizen.get('/api/v1/notices/preferences')).body
    expect(addresses).toEqual([
      { channel: 'sms', available: true, address: '138****5678', state: 'confirmed' },
      { channel: 'wechat', available: false, address: null, state: 'none' },
    ])
    expect((await citizen.request('DELETE', '/api/v1/notices/addresses/sms')).body).toEqual({
      forgotten: true,
    })
    await tell(orderNotice, '三')
    expect(await outbox()).toHaveLength(2)
  })

  test('codes are few, and a code is not guessed', async () => {
    const give = () => citizen.request('PUT', '/api/v1/notices/addresses/sms', { address: '13812345678' })
    await give()
    expect((await give()).body).toMatchObject({ code: 'CODE_JUST_SENT' })
    const sent = /\d{6}/u.exec((await outbox())[0]?.subject ?? '')?.[0] ?? ''
    const wrong = sent === '000000' ? '000001' : '000000'
    const guess = (code: string) => citizen.post('/api/v1/notices/addresses/sms/confirmation', { code })
    for (let left = 4; left >= 0; left -= 1)
      expect((await guess(wrong)).body).toMatchObject({ code: 'WRONG_CODE', data: { left } })
    expect((await guess(sent)).body).toMatchObject({ code: 'NO_CODE' })
    // Forgetting the number does not forget how many codes were sent.
    await citizen.request('DELETE', '/api/v1/notices/addresses/sms')
    expect((await give()).body).toMatchObject({ code: 'CODE_JUST_SENT' })
    await w.db
      .updateTable('noticeCode')
      .set({ codes: 10, lastAt: new Date(0) })
      .execute()
    expect((await give()).body).toMatchObject({ code: 'TOO_MANY_CODES' })
  })

  test('what is no number, and a channel without a gateway, are refused', async () => {
    const bad = await citizen.request('PUT', '/api/v1/notices/addresses/sms', { address: '12345' })
    expect([bad.status, bad.body.code]).toEqual([422, 'NOT_AN_ADDRESS'])
    const none = await citizen.request('PUT', '/api/v1/notices/addresses/wechat', { address: 'openid_12345' })
    expect([none.status, none.body.code]).toEqual([409, 'CHANNEL_UNAVAILABLE'])
  })
})

describe('[S135] the outbox of the operator', () => {
  test('shows what was given up, masked and with its reason; an administrator sends it again', async () => {
    await tell(orderNotice, '一')
    await w.db
      .updateTable('outbox')
      .set({ deadAt: new Date(), lastError: 'no such mailbox', attempts: 1 })
      .execute()
    const { items, counts, open } = (await administrator.get('/api/v1/notices/outbox?state=dead')).body
    expect([counts, open]).toEqual([{ waiting: 0, dead: 1, sent: 0 }, ['mail', 'sms']])
    expect(items).toMatchObject([{ recipient: 'c***@demo.zhiyuan.example', lastError: 'no such mailbox' }])
    expect((await citizen.get('/api/v1/notices/outbox')).status).toBe(403)
    const path = `/api/v1/notices/outbox/${items[0].id}/resend`
    expect((await citizen.post(path)).status).toBe(403)
    expect((await administrator.post(path)).body).toEqual({ due: true })
    expect((await administrator.post(path)).body.code).toBe('NOT_GIVEN_UP')
    expect((await administrator.get('/api/v1/notices/outbox?state=waiting')).body.total).toBe(1)
  })
})
