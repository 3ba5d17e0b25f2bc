import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Person } from '#testing/person.ts'
import { signedInWorld } from '#testing/signed-in-world.ts'
import type { World } from '#testing/world.ts'
import { DEMO_TOTP_SECRET } from './demo-accounts.rules.ts'
import { codeAt } from './second-factor.ts'

const demo = (role: string) => `${role}@demo.zhiyuan.example`
const wrongCode = () => codeAt(DEMO_TOTP_SECRET, new Date(Date.now() - 3600_000))

let w: World

beforeAll(async () => {
  w = await signedInWorld({ env: { SIGN_IN_ADDRESS_LOCK_AFTER: '20' } })
})

/** What the trail says was done to an account, oldest first. */
async function actionsOn(email: string): Promise<string[]> {
  const { id } = await w.db
    .selectFrom('userAccount')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  const entries = await w.db.selectFrom('ledgerEntry').select('body').orderBy('id').execute()
  return entries
    .map(({ body }) => JSON.parse(body))
    .filter(({ subject }) => subject.id === id)
    .map(({ action }) => action)
}

describe('[F106] a citizen', () => {
  test('signs in with a password, is known, and signs out again, each in the trail', async () => {
    const browser = new Person(w)
    expect((await browser.get('/api/v1/session')).body).toEqual({ kind: 'visitor' })
    expect((await browser.signIn(demo('citizen'))).status).toBe(200)
    expect((await browser.get('/api/v1/session')).body).toMatchObject({
      kind: 'account',
      email: demo('citizen'),
      roles: ['citizen'],
      staff: false,
      secondFactor: 'notRequired',
    })
    expect((await browser.post('/api/auth/sign-out')).status).toBe(200)
    expect((await browser.get('/api/v1/session')).body).toEqual({ kind: 'visitor' })
    expect(await actionsOn(demo('citizen'))).toEqual(['account.signed-in', 'account.signed-out'])
  })

  test('gets a cookie that scripts cannot read and other sites cannot send', async () => {
    const answer = await new Person(w).signIn(demo('citizen'))
    const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('zhiyuan.session_token='))
    expect(cookie).toMatch(/; HttpOnly/u)
    expect(cookie).toMatch(/; SameSite=Lax/u)
    expect(cookie).toMatch(/; Path=\//u)
  })
})

describe('[F106] a member of staff', () => {
  test('gets no session from the password alone', async () => {
    const browser = new Person(w)
    const answer = await browser.signIn(demo('officer'))
    expect(answer.body).toMatchObject({ twoFactorRedirect: true })
    expect((await browser.get('/api/v1/session')).body).toEqual({ kind: 'visitor' })
  })

  test('signs in with password and code', async () => {
    const browser = new Person(w)
    await browser.signInFully(demo('officer'))
    expect((await browser.get('/api/v1/session')).body).toMatchObject({
      roles: ['officer'],
      staff: true,
      secondFactor: 'verified',
      enrolled: true,
    })
  })

  test('uses a code once: whoever saw it over a shoulder gets no session with it', async () => {
    await w.db
      .updateTable('userAccount')
      .set({ demo: false })
      .where('email', '=', demo('inspector'))
      .execute()
    const code = codeAt(DEMO_TOTP_SECRET, new Date())
    const answers = []
    for (const browser of [new Person(w), new Person(w)]) {
      await browser.signIn(demo('inspector'))
      answers.push(await browser.post('/api/auth/two-factor/verify-totp', { code }))
      answers.push(await browser.get('/api/v1/session'))
    }
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 401, 200])
    expect(answers[2]?.body).toMatchObject({ code: 'CODE_ALREADY_USED' })
    expect(answers[3]?.body).toEqual({ kind: 'visitor' })
  })

  test('is locked out of the second factor after five wrong codes, the right one included', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const browser = new Person(w)
      await browser.signIn(demo('leader'))
      const answer = await browser.post('/api/auth/two-factor/verify-totp', { code: wrongCode() })
      expect(answer).toMatchObject({ status: 401, body: { code: 'INVALID_CODE' } })
    }
    const browser = new Person(w)
    await browser.signIn(demo('leader'))
    const right = await browser.post('/api/auth/two-factor/verify-totp', {
      code: codeAt(DEMO_TOTP_SECRET, new Date()),
    })
    expect(right).toMatchObject({ status: 429, body: { code: 'ACCOUNT_TEMPORARILY_LOCKED' } })
  })

  test('without a second factor may do nothing but set one up, and is in full afterwards', async () => {
    const { id } = await w.db
      .selectFrom('userAccount')
      .select('id')
      .where('email', '=', demo('statistician'))
      .executeTakeFirstOrThrow()
    await w.db.deleteFrom('secondFactor').where('accountId', '=', id).execute()
    await w.db.updateTable('userAccount').set({ twoFactorEnabled: false }).where('id', '=', id).execute()

    const browser = new Person(w)
    await browser.signInFully(demo('statistician'))
    expect((await browser.get('/api/v1/session')).body).toMatchObject({
      secondFactor: 'missing',
      enrolled: false,
    })
    expect(await browser.get('/api/v1/account/sessions')).toMatchObject({
      status: 403,
      body: { code: 'SECOND_FACTOR_REQUIRED' },
    })
    const passwords = { currentPassword: 'Lake-Register-2026', newPassword: 'Another-Register-77' }
    expect(await browser.post('/api/auth/change-password', passwords)).toMatchObject({
      status: 403,
      body: { code: 'SECOND_FACTOR_REQUIRED' },
    })

    const begun = await browser.post('/api/auth/two-factor/enable', { password: 'Lake-Register-2026' })
    expect(begun.body.backupCodes).toHaveLength(10)
    const secret = new URL(begun.body.totpURI).searchParams.get('secret') ?? ''
    const code = codeAt(fromBase32(secret), new Date())
    expect((await browser.post('/api/auth/two-factor/verify-totp', { code })).status).toBe(200)
    expect((await browser.get('/api/v1/session')).body).toMatchObject({
      secondFactor: 'verified',
      enrolled: true,
    })
    expect((await browser.get('/api/v1/account/sessions')).status).toBe(200)

    const withBackupCode = new Person(w)
    await withBackupCode.signIn(demo('statistician'))
    const backup = { code: begun.body.backupCodes[0] }
    expect((await withBackupCode.post('/api/auth/two-factor/verify-backup-code', backup)).status).toBe(200)
    expect((await withBackupCode.get('/api/v1/session')).body).toMatchObject({ secondFactor: 'verified' })

    const again = new Person(w)
    await again.signIn(demo('statistician'))
    expect((await again.post('/api/auth/two-factor/verify-backup-code', backup)).status).toBe(401)
    expect(await actionsOn(demo('statistician'))).toContain('account.second-factor-enrolled')
  })

  test('cannot do away with the second factor, nor have a device trusted past it', async () => {
    const browser = new Person(w)
    await browser.signInFully(demo('operator'))
    const answer = await browser.post('/api/auth/two-factor/disable', { password: 'Lake-Register-2026' })
    expect(answer).toMatchObject({ status: 403, body: { code: 'SECOND_FACTOR_REQUIRED' } })

    const other = new Person(w)
    await other.signIn(demo('operator'))
    const code = codeAt(DEMO_TOTP_SECRET, new Date())
    await other.post('/api/auth/two-factor/verify-totp', { code, trustDevice: true })
    expect([...other.cookies.keys()].some((name) => name.includes('trust'))).toBe(false)
  })
})

describe('[F106] guessing', () => {
  // The tests share one address; each starts with a clean count of it.
  beforeEach(async () => {
    await w.db.deleteFrom('attemptCount').execute()
    return async () => void (await w.db.deleteFrom('attemptCount').execute())
  })

  test.for([
    ['an account that exists', demo('university')],
    ['a mailbox nobody has', 'nobody@demo.zhiyuan.example'],
  ] as const)(
    'the password of %s is stopped after five tries with one and the same answer',
    async ([, email]) => {
      const answers = []
      for (let attempt = 0; attempt < 7; attempt += 1) {
        const { status, body } = await new Person(w).signIn(email, 'Not-The-Password-1')
        answers.push([status, body.code])
      }
      const wrong = [401, 'INVALID_EMAIL_OR_PASSWORD']
      const locked = [429, 'SIGN_IN_LOCKED']
      expect(answers).toEqual([wrong, wrong, wrong, wrong, wrong, locked, locked])
      expect(await new Person(w).signIn(email)).toMatchObject({
        status: 429,
        body: { code: 'SIGN_IN_LOCKED' },
      })
    },
  )

  test('at once does not get more tries than one after another', async () => {
    const tries = Array.from({ length: 8 }, () => new Person(w).signIn(demo('bank'), 'Not-The-Password-1'))
    const statuses = (await Promise.all(tries)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
  })

  test('a lock ends after its time, and success forgets the failures before it', async () => {
    for (let attempt = 0; attempt < 4; attempt += 1)
      await new Person(w).signIn(demo('agency'), 'Not-The-Password-1')
    expect((await new Person(w).signIn(demo('agency'))).status).toBe(200)
    const counts = await w.db.selectFrom('attemptCount').select('subject').execute()
    for (let attempt = 0; attempt < 6; attempt += 1)
      await new Person(w).signIn(demo('agency'), 'Not-The-Password-1')
    expect((await new Person(w).signIn(demo('agency'))).status).toBe(429)
    await w.db
      .updateTable('attemptCount')
      .set({ windowEndsAt: new Date(Date.now() - 1000) })
      .where(
        'subject',
        'not in',
        counts.map(({ subject }) => subject),
      )
      .execute()
    expect((await new Person(w).signIn(demo('agency'))).status).toBe(200)
  })

  test('from one address is slowed whatever mailboxes it tries', async () => {
    const statuses = []
    for (let attempt = 0; attempt < 22; attempt += 1) {
      const { status, body } = await new Person(w).signIn(
        `guess-${attempt}@demo.zhiyuan.example`,
        'Not-The-Password-1',
      )
      statuses.push(status === 429 ? body.code : status)
    }
    expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 401))
    expect(statuses.slice(20)).toEqual(['TOO_MANY_ATTEMPTS', 'TOO_MANY_ATTEMPTS'])
  })
})

describe('[F106] what reaches the sign-in service', () => {
  test.for([
    ['opening an account without invitation', 'POST', '/api/auth/sign-up/email', 404, 'UNKNOWN_OPERATION'],
    ['changing the mailbox', 'POST', '/api/auth/change-email', 404, 'UNKNOWN_OPERATION'],
    ['deleting an account', 'POST', '/api/auth/delete-user', 404, 'UNKNOWN_OPERATION'],
    ['a prototype member as a path', 'POST', '/api/auth/constructor', 404, 'UNKNOWN_OPERATION'],
    ['a read where a write is', 'GET', '/api/auth/sign-in/email', 404, 'UNKNOWN_OPERATION'],
    ['nothing at all', 'POST', '/api/auth/sign-in/email', 400, 'INVALID_INPUT'],
  ] as const)('%s is refused', async ([, method, path, status, code]) => {
    const answer = await new Person(w).request(method, path, method === 'POST' ? {} : undefined)
    expect(answer).toMatchObject({ status, body: { code } })
  })

  test.for([
    ['broken JSON', '{"email":'],
    ['a list', '[]'],
    ['wrong types', '{"email":7,"password":{}}'],
    ['a NUL', JSON.stringify({ email: 'a\0@example.com', password: 'x' })],
  ] as const)('%s is bad input, not an error', async ([, body]) => {
    const answer = await new Person(w).request('POST', '/api/auth/sign-in/email', body)
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } })
  })

  test('an oversized body is not read to its end', async () => {
    const body = JSON.stringify({ email: 'a@example.com', password: 'x'.repeat(20_000) })
    expect(await new Person(w).request('POST', '/api/auth/sign-in/email', body)).toMatchObject({
      status: 413,
    })
  })

  test.for([
    ['an origin elsewhere', { origin: 'https://elsewhere.example' }],
    ['a browser that says cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['an opaque origin', { origin: 'null' }],
  ] as const)('%s cannot sign anybody in', async ([, headers]) => {
    const body = { email: demo('citizen'), password: 'Lake-Register-2026' }
    const answer = await new Person(w).post('/api/auth/sign-in/email', body, headers)
    expect(answer).toMatchObject({ status: 403, body: { code: 'FOREIGN_ORIGIN' } })
  })

  test('a write of the API from another site is refused too', async () => {
    const browser = new Person(w)
    await browser.signIn(demo('citizen'))
    const answer = await browser.request('DELETE', '/api/v1/account/sessions', undefined, {
      origin: 'https://elsewhere.example',
    })
    expect(answer).toMatchObject({ status: 403, body: { code: 'FOREIGN_ORIGIN' } })
  })
})

function fromBase32(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...text.replaceAll('=', '')]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const bytes = bits.match(/.{8}/gu) ?? []
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2))).toString('utf8')
}
