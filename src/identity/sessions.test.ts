import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Person } from '#testing/person.ts'
import { signedInWorld } from '#testing/signed-in-world.ts'
import type { World } from '#testing/world.ts'
import { nextExpiry } from './actor.ts'
import { readSessionToken, sessionCookie } from './cookie.ts'
import { DEMO_PASSWORD } from './demo-accounts.rules.ts'
import { readIdentitySettings } from './settings.ts'

const CITIZEN = 'citizen@demo.zhiyuan.example'
const ENTERPRISE = 'enterprise@demo.zhiyuan.example'
const OFFICER = 'officer@demo.zhiyuan.example'
const MINUTE = 60_000

let w: World

beforeAll(async () => {
  w = await signedInWorld()
})
beforeEach(async () => {
  await w.db.deleteFrom('attemptCount').execute()
})

async function signedIn(email: string): Promise<Person> {
  const person = new Person(w)
  await person.signInFully(email)
  return person
}

async function isKnown(person: Person): Promise<boolean> {
  return (await person.get('/api/v1/session')).body.kind === 'account'
}

describe('[F106] sessions', () => {
  test('are listed for their account alone, the present one marked', async () => {
    const desk = await signedIn(CITIZEN)
    const telephone = await signedIn(CITIZEN)
    await signedIn(ENTERPRISE)
    const { items } = (await telephone.get('/api/v1/account/sessions')).body
    expect(items).toHaveLength(2)
    expect(items.filter((one: { current: boolean }) => one.current)).toHaveLength(1)
    expect(await isKnown(desk)).toBe(true)
  })

  test('can be ended one by one, and a stranger cannot end them', async () => {
    const desk = await signedIn(CITIZEN)
    const stranger = await signedIn(ENTERPRISE)
    const { items } = (await desk.get('/api/v1/account/sessions')).body
    const { id } = items.find((one: { current: boolean }) => one.current)
    expect((await stranger.request('DELETE', `/api/v1/account/sessions/${id}`)).status).toBe(404)
    expect(await isKnown(desk)).toBe(true)
    expect((await desk.request('DELETE', `/api/v1/account/sessions/${id}`)).body).toEqual({ revoked: 1 })
    expect(await isKnown(desk)).toBe(false)
  })

  test('can be ended all but the present one', async () => {
    const old = await signedIn(CITIZEN)
    const present = await signedIn(CITIZEN)
    expect((await present.request('DELETE', '/api/v1/account/sessions')).body.revoked).toBeGreaterThan(0)
    expect(await isKnown(old)).toBe(false)
    expect(await isKnown(present)).toBe(true)
  })

  test('end after the idle time, wherever they are asked for', async () => {
    const person = await signedIn(CITIZEN)
    await w.db
      .updateTable('session')
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .execute()
    expect(await isKnown(person)).toBe(false)
    const passwords = { currentPassword: DEMO_PASSWORD, newPassword: 'lake-stone-bridge-7' }
    expect((await person.post('/api/auth/change-password', passwords)).status).toBe(401)
  })

  test('are moved on by use, but never past their longest life', async () => {
    await w.db.deleteFrom('session').execute()
    const person = await signedIn(CITIZEN)
    const started = new Date(Date.now() - 11.9 * 60 * MINUTE)
    await w.db
      .updateTable('session')
      .set({ createdAt: started, expiresAt: new Date(Date.now() + MINUTE) })
      .execute()
    expect(await isKnown(person)).toBe(true)
    const [session] = await w.db.selectFrom('session').select('expiresAt').execute()
    expect(session?.expiresAt).toEqual(new Date(started.getTime() + 12 * 60 * MINUTE))
  })

  test.for([
    ['soon after signing in', 0, 30],
    ['near the end of the longest life', 11 * 60 + 45, 15],
  ] as const)(
    '%s, the next expiry is the nearer of idle time and longest life',
    ([, minutesAgo, minutesLeft]) => {
      const now = new Date('2026-11-22T04:00:00Z')
      const startedAt = new Date(now.getTime() - minutesAgo * MINUTE)
      const next = nextExpiry(startedAt, now, { idleMinutes: 30, longestHours: 12 })
      expect((next.getTime() - now.getTime()) / MINUTE).toBe(minutesLeft)
    },
  )

  test.for([
    ['a made-up token', () => 'zhiyuan.session_token=abc.def'],
    [
      'a made-up token with a signature of the right length',
      () => `zhiyuan.session_token=abc.${'A'.repeat(43)}%3D`,
    ],
    [
      'a real token signed with another secret',
      (token: string) => sessionCookie(token, { secret: 'x'.repeat(48), secureCookies: false }),
    ],
    ['a real token without its signature', (token: string) => `zhiyuan.session_token=${token}`],
    ['a broken escape', () => 'zhiyuan.session_token=%E0%A4%A'],
    ['SQL', () => `zhiyuan.session_token=${encodeURIComponent("' or '1'='1")}.x`],
  ] as const)('a cookie with %s is nobody', async ([, forge]) => {
    const person = await signedIn(CITIZEN)
    const settings = readIdentitySettings(w.config, {})
    const cookie = [...person.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const token = readSessionToken(new Headers({ cookie }), settings)
    expect(token).toBeDefined()
    const answer = await new Person(w).get('/api/v1/account/sessions', { cookie: forge(token ?? '') })
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } })
  })

  test('of staff whose second factor was reset are over, and their roles are worth nothing until it is set up anew', async () => {
    const officer = await signedIn(OFFICER)
    await w.db.updateTable('session').set({ secondFactorAt: null }).execute()
    expect(await officer.get('/api/v1/accounts')).toMatchObject({
      status: 403,
      body: { code: 'SECOND_FACTOR_REQUIRED' },
    })
  })
})

describe('[F106] a password', () => {
  test('is changed by its holder, and ends every other session', async () => {
    const elsewhere = await signedIn(ENTERPRISE)
    const here = await signedIn(ENTERPRISE)
    const newPassword = 'lake-stone-bridge-7'
    const changed = await here.post('/api/auth/change-password', {
      currentPassword: DEMO_PASSWORD,
      newPassword,
    })
    expect(changed.status).toBe(200)
    expect(await isKnown(here)).toBe(true)
    expect(await isKnown(elsewhere)).toBe(false)
    expect((await new Person(w).signIn(ENTERPRISE)).status).toBe(401)
    expect((await new Person(w).signIn(ENTERPRISE, newPassword)).status).toBe(200)
  })

  test('that is weak is refused with everything that is wrong with it', async () => {
    const officer = await signedIn(OFFICER)
    const answer = await officer.post('/api/auth/change-password', {
      currentPassword: DEMO_PASSWORD,
      newPassword: 'password',
    })
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'WEAK_PASSWORD', data: { problems: ['TOO_SHORT', 'TOO_FEW_CLASSES', 'TOO_COMMON'] } },
    })
  })

  test('of staff is changed without losing the second factor of this session', async () => {
    const officer = await signedIn(OFFICER)
    const newPassword = 'Bridge-Stone-Lake-7'
    await officer.post('/api/auth/change-password', { currentPassword: DEMO_PASSWORD, newPassword })
    expect((await officer.get('/api/v1/session')).body).toMatchObject({ secondFactor: 'verified' })
  })

  test('cannot be tried again and again through a stolen session', async () => {
    const person = await signedIn(CITIZEN)
    const guess = { currentPassword: 'Not-The-Password-1', newPassword: 'lake-stone-bridge-7' }
    const statuses = []
    for (let attempt = 0; attempt < 6; attempt += 1)
      statuses.push((await person.post('/api/auth/change-password', guess)).status)
    expect(statuses).toEqual([400, 400, 400, 400, 400, 429])
  })

  test('that was forgotten is set anew by a letter, once, which ends every session and the lock', async () => {
    const before = await signedIn(CITIZEN)
    for (let attempt = 0; attempt < 6; attempt += 1) await new Person(w).signIn(CITIZEN, 'Not-The-Password-1')
    expect((await new Person(w).post('/api/auth/request-password-reset', { email: CITIZEN })).status).toBe(
      200,
    )
    const { linkPath } = await w.db
      .selectFrom('outbox')
      .selectAll()
      .where('recipient', '=', CITIZEN)
      .executeTakeFirstOrThrow()
    const token = new URL(linkPath, 'http://zone.test').searchParams.get('token')
    const stored = await w.db.selectFrom('verification').select('identifier').execute()
    expect(stored.some(({ identifier }) => identifier.includes(token ?? ''))).toBe(false)

    const weak = await new Person(w).post('/api/auth/reset-password', { token, newPassword: '12345678' })
    expect(weak).toMatchObject({ status: 400, body: { code: 'WEAK_PASSWORD' } })
    const newPassword = 'stone-bridge-lake-9'
    expect((await new Person(w).post('/api/auth/reset-password', { token, newPassword })).status).toBe(200)
    expect(await isKnown(before)).toBe(false)
    expect((await new Person(w).signIn(CITIZEN, newPassword)).status).toBe(200)
    const again = await new Person(w).post('/api/auth/reset-password', {
      token,
      newPassword: 'stone-bridge-lake-10',
    })
    expect(again).toMatchObject({ status: 400, body: { code: 'INVALID_TOKEN' } })
  })

  test('reset answers alike whether or not the mailbox has an account', async () => {
    const known = await new Person(w).post('/api/auth/request-password-reset', {
      email: 'bank@demo.zhiyuan.example',
    })
    const unknown = await new Person(w).post('/api/auth/request-password-reset', {
      email: 'nobody@example.com',
    })
    expect(unknown).toMatchObject({ status: known.status, body: known.body })
  })
})
