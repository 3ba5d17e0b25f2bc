import { beforeAll, describe, expect, test } from 'vitest'
import { Person } from '#testing/person.ts'
import { signedInWorld } from '#testing/signed-in-world.ts'
import type { World } from '#testing/world.ts'

let w: World
beforeAll(async () => {
  w = await signedInWorld()
})

const PASSWORD = 'Reed-Boat-41'

async function lettersTo(email: string) {
  return w.db
    .selectFrom('outbox')
    .select(['subject', 'linkPath'])
    .where('recipient', '=', email)
    .orderBy('createdAt')
    .execute()
}

async function tokenFor(email: string, kind = 'citizen') {
  const asked = await w.as('visitor').post('/api/v1/registrations', { email, kind })
  expect(asked.status).toBe(202)
  return (await lettersTo(email)).at(-1)?.linkPath.split('/').at(-1) ?? ''
}

describe('[F106] [S79] a person opens an account', () => {
  test('with the letter to a mailbox, a name and a password, and can sign in', async () => {
    const email = 'lin.new@example.com'
    const token = await tokenFor(email)
    expect((await w.as('visitor').get(`/api/v1/registrations/${token}`)).body).toMatchObject({
      email,
      kind: 'citizen',
    })
    const opened = await w
      .as('visitor')
      .post(`/api/v1/registrations/${token}/account`, { name: '林新', password: PASSWORD })
    expect(opened.status).toBe(201)

    const person = new Person(w)
    const signedIn = await person.request('POST', '/api/auth/sign-in/email', { email, password: PASSWORD })
    expect(signedIn.status).toBe(200)
    expect((await person.get('/api/v1/session')).body).toMatchObject({ roles: ['citizen'], staff: false })
    const entries = await w.db.selectFrom('ledgerEntry').select('body').execute()
    expect(entries.map(({ body }) => JSON.parse(body).action)).toEqual(
      expect.arrayContaining(['registration.requested', 'account.registered']),
    )
  })

  test('only once, whichever of several letters was followed', async () => {
    const email = 'twice@example.com'
    const [first, second] = [await tokenFor(email), await tokenFor(email)]
    const body = { name: '二', password: PASSWORD }
    const both = await Promise.all(
      [first, second].map((token) => w.as('visitor').post(`/api/v1/registrations/${token}/account`, body)),
    )
    expect(both.map(({ status }) => status).toSorted()).toContain(201)
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1)
    expect((await w.as('visitor').get(`/api/v1/registrations/${first}`)).status).toBe(404)
  })

  test('and nobody learns from the answer who has one already', async () => {
    const known = 'citizen@demo.zhiyuan.example'
    const ask = (email: string) => w.as('visitor').post('/api/v1/registrations', { email })
    const answers = [await ask(known), await ask('stranger@example.com')]
    expect(answers[0]?.status).toBe(answers[1]?.status)
    expect(answers[0]?.body).toEqual(answers[1]?.body)
    expect((await lettersTo(known)).at(-1)?.linkPath).toBe('/sign-in')
    await Promise.all([ask(known), ask(known), ask(known)])
    expect((await ask(known)).status).toBe(429)
    expect(await lettersTo(known)).toHaveLength(3)
  })

  test('neither with a weak password, nor with another link, nor as staff', async () => {
    const token = await tokenFor('weak@example.com')
    const weak = await w
      .as('visitor')
      .post(`/api/v1/registrations/${token}/account`, { name: 'W', password: 'password1' })
    expect([weak.status, weak.body.code]).toEqual([422, 'WEAK_PASSWORD'])
    const forged = await w
      .as('visitor')
      .post(`/api/v1/registrations/${'x'.repeat(32)}/account`, { name: 'W', password: PASSWORD })
    expect([forged.status, forged.body.code]).toEqual([404, 'UNKNOWN_REGISTRATION'])
    const asOfficer = await w
      .as('visitor')
      .post('/api/v1/registrations', { email: 'o@example.com', kind: 'officer' })
    expect(asOfficer.status).toBe(400)
  })
})
