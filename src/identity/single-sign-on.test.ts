import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oidcProvider, type OidcProvider } from '#testing/oidc-provider.ts'
import { Person } from '#testing/person.ts'
import { signedInWorld } from '#testing/signed-in-world.ts'
import type { World } from '#testing/world.ts'
import { DEMO_TOTP_SECRET } from './demo-accounts.rules.ts'
import { codeAt } from './second-factor.ts'

const OFFICER = 'officer@demo.zhiyuan.example'
const CITIZEN = 'citizen@demo.zhiyuan.example'

let provider: OidcProvider
let w: World

beforeAll(async () => {
  provider = await oidcProvider({ clientId: 'zhiyuan', clientSecret: 'between-the-two-of-us' })
  w = await signedInWorld({
    env: {
      ZHIYUAN_URL: 'http://zone.test',
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: 'zhiyuan',
      OIDC_CLIENT_SECRET: 'between-the-two-of-us',
    },
  })
})
afterAll(() => provider.close())

/** Goes to the provider and comes back, as a browser does; answers where it ends up. */
async function signOn(person: Person, change: (callback: URL) => void = () => {}): Promise<string> {
  const begun = await person.post('/api/auth/sign-in/social', {
    provider: 'sso',
    callbackURL: '/',
    errorCallbackURL: '/sign-in',
  })
  expect(begun.status).toBe(200)
  const callback = await provider.authorise(new URL(begun.body.url))
  change(callback)
  const back = await person.get(`${callback.pathname}${callback.search}`)
  expect(back.status).toBe(302)
  return back.headers.get('location') ?? ''
}

describe('[F106] single sign-on', () => {
  test('signs in who has an account of the proven mailbox, by discovery, PKCE, state and nonce', async () => {
    provider.signInAs({ sub: 'citizen-1', email: CITIZEN, email_verified: true, name: '公众' })
    const person = new Person(w)
    expect(await signOn(person)).toBe('/')
    expect((await person.get('/api/v1/session')).body).toMatchObject({ email: CITIZEN, roles: ['citizen'] })
    expect(provider.seen).toMatchObject({
      codeChallengeMethod: 'S256',
      nonce: true,
      state: true,
      verifierMatched: true,
    })
  })

  test('leaves staff to prove the second factor here', async () => {
    provider.signInAs({ sub: 'officer-1', email: OFFICER, email_verified: true, name: '经办' })
    const person = new Person(w)
    await signOn(person)
    expect((await person.get('/api/v1/session')).body).toMatchObject({
      secondFactor: 'missing',
      enrolled: true,
    })
    expect((await person.get('/api/v1/account/sessions')).status).toBe(403)
    const wrong = codeAt(DEMO_TOTP_SECRET, new Date(Date.now() - 3600_000))
    expect((await person.post('/api/auth/two-factor/verify-totp', { code: wrong })).status).toBe(401)
    const code = codeAt(DEMO_TOTP_SECRET, new Date())
    expect((await person.post('/api/auth/two-factor/verify-totp', { code })).status).toBe(200)
    expect((await person.get('/api/v1/session')).body).toMatchObject({
      secondFactor: 'verified',
      roles: ['officer'],
    })
  })

  test('does not let a stolen password factor be guessed: the sixth wrong code of a session is not looked at', async () => {
    provider.signInAs({ sub: 'officer-1', email: OFFICER, email_verified: true, name: '经办' })
    const person = new Person(w)
    await signOn(person)
    const code = codeAt(DEMO_TOTP_SECRET, new Date(Date.now() - 3600_000))
    const statuses = []
    for (let attempt = 0; attempt < 6; attempt += 1)
      statuses.push((await person.post('/api/auth/two-factor/verify-totp', { code })).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  })

  test.for([
    [
      'a mailbox the provider has not verified',
      { sub: 'x-1', email: 'bank@demo.zhiyuan.example', email_verified: false, name: 'x' },
    ],
    [
      'a mailbox without an account',
      { sub: 'x-2', email: 'nobody@example.com', email_verified: true, name: 'x' },
    ],
  ] as const)('opens no door for %s', async ([, claims]) => {
    provider.signInAs(claims)
    const person = new Person(w)
    expect(await signOn(person)).toContain('error=')
    expect((await person.get('/api/v1/session')).body).toEqual({ kind: 'visitor' })
    expect(
      await w.db.selectFrom('userAccount').select('id').where('email', '=', 'nobody@example.com').execute(),
    ).toEqual([])
  })

  test('refuses an answer with another state, another nonce, or a code that was used', async () => {
    provider.signInAs({ sub: 'citizen-1', email: CITIZEN, email_verified: true, name: '公众' })
    const person = new Person(w)
    expect(await signOn(person, (callback) => callback.searchParams.set('state', 'forged'))).toContain(
      'error=',
    )
    provider.forgeNextNonce()
    expect(await signOn(new Person(w))).toContain('error=')
    let used = ''
    const first = new Person(w)
    await signOn(first, (callback) => (used = callback.searchParams.get('code') ?? ''))
    expect(await signOn(new Person(w), (callback) => callback.searchParams.set('code', used))).toContain(
      'error=',
    )
  })

  test('does not send anybody on to another site', async () => {
    const answer = await new Person(w).post('/api/auth/sign-in/social', {
      provider: 'sso',
      callbackURL: 'https://elsewhere.example/',
    })
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } })
  })
})
