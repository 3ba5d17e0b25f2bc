import { beforeAll, describe, expect, test } from 'vitest'
import { Person } from '#testing/person.ts'
import { signedInWorld } from '#testing/signed-in-world.ts'
import type { World } from '#testing/world.ts'

const demo = (role: string) => `${role}@demo.zhiyuan.example`
const ORGANISATION = '01900000-0000-7000-8000-000000000001'
const OTHER_ORGANISATION = '01900000-0000-7000-8000-000000000002'

let w: World

beforeAll(async () => {
  w = await signedInWorld()
  const { id } = await w.db
    .selectFrom('userAccount')
    .select('id')
    .where('email', '=', demo('enterprise'))
    .executeTakeFirstOrThrow()
  const administrator = await signedIn(demo('administrator'))
  await administrator.post(`/api/v1/accounts/${id}/memberships`, {
    organisationId: ORGANISATION,
    organisationName: '示例科技有限公司',
    role: 'administrator',
  })
})

async function signedIn(email: string, password?: string): Promise<Person> {
  const person = new Person(w)
  await person.signInFully(email, password)
  return person
}

async function letterTo(email: string) {
  return w.db
    .selectFrom('outbox')
    .selectAll()
    .where('recipient', '=', email)
    .orderBy('createdAt', 'desc')
    .executeTakeFirstOrThrow()
}

describe('[F106] an organisation', () => {
  const path = `/api/v1/organisations/${ORGANISATION}`

  test('invites a person by letter, who opens an account and is a member', async () => {
    const firm = await signedIn(demo('enterprise'))
    const email = 'colleague@firm.example'
    expect((await firm.post(`${path}/invitations`, { email, role: 'member' })).status).toBe(201)
    const link = (await letterTo(email)).linkPath
    const offer = (await new Person(w).get(`/api/v1${link}`)).body
    expect(offer).toMatchObject({ organisationName: '示例科技有限公司', email, known: false })

    const weak = await new Person(w).post(`/api/v1${link}/acceptance`, { name: '同事', password: '12345678' })
    expect(weak).toMatchObject({ status: 422, body: { code: 'WEAK_PASSWORD' } })
    const accepted = await new Person(w).post(`/api/v1${link}/acceptance`, {
      name: '同事',
      password: 'lake-stone-7',
    })
    expect(accepted).toMatchObject({ status: 201, body: { opened: true, organisationId: ORGANISATION } })
    const colleague = await signedIn(email, 'lake-stone-7')
    expect((await colleague.get('/api/v1/session')).body).toMatchObject({
      roles: ['enterprise'],
      memberships: [{ organisationId: ORGANISATION, role: 'member' }],
    })
    const again = await new Person(w).post(`/api/v1${link}/acceptance`, {
      name: '再来',
      password: 'lake-stone-7',
    })
    expect(again).toMatchObject({ status: 409, body: { code: 'INVITATION_CLOSED' } })

    const members = (await colleague.get(`${path}/members`)).body
    expect(members).toMatchObject({ mayManage: false })
    expect(members.items.map((one: { email: string }) => one.email)).toEqual([
      'e***@demo.zhiyuan.example',
      'c***@firm.example',
    ])
    const denied = await colleague.post(`${path}/invitations`, { email: 'x@firm.example' })
    expect(denied).toMatchObject({ status: 409, body: { code: 'NOT_ITS_ADMINISTRATOR' } })
  })

  test('joins an account that exists only when its holder is signed in', async () => {
    const firm = await signedIn(demo('enterprise'))
    await firm.post(`${path}/invitations`, { email: demo('expert') })
    const link = (await letterTo(demo('expert'))).linkPath
    expect((await new Person(w).post(`/api/v1${link}/acceptance`)).body.code).toBe('SIGN_IN_TO_ACCEPT')
    const other = await signedIn(demo('alliance'))
    expect((await other.post(`/api/v1${link}/acceptance`)).body.code).toBe('OTHER_MAILBOX')
    const expert = await signedIn(demo('expert'))
    expect((await expert.post(`/api/v1${link}/acceptance`)).body).toMatchObject({ opened: false })
  })

  test('is unknown to who is not its member, whether it exists or not', async () => {
    const stranger = await signedIn(demo('university'))
    for (const id of [ORGANISATION, OTHER_ORGANISATION]) {
      expect(await stranger.get(`/api/v1/organisations/${id}/members`)).toMatchObject({
        status: 404,
        body: { code: 'UNKNOWN_ORGANISATION' },
      })
    }
  })

  test('keeps an administrator, and who leaves is a member no more while the past is kept', async () => {
    const firm = await signedIn(demo('enterprise'))
    const { items } = (await firm.get(`${path}/members`)).body
    const own = items.find((one: { role: string }) => one.role === 'administrator')
    expect((await firm.request('DELETE', `${path}/members/${own.id}`)).body.code).toBe('LAST_ADMINISTRATOR')
    const colleague = items.find((one: { email: string }) => one.email === 'colleague@firm.example')
    expect(
      (await firm.request('PATCH', `${path}/members/${colleague.id}`, { role: 'administrator' })).body,
    ).toEqual({ changed: true })
    const after = (await firm.get(`${path}/members`)).body.items
    const open = after.filter((one: { validTo: string | null }) => one.validTo === null)
    expect(open.filter((one: { role: string }) => one.role === 'administrator')).toHaveLength(2)
    const promoted = open.find((one: { accountId: string }) => one.accountId === colleague.accountId)
    expect((await firm.request('DELETE', `${path}/members/${promoted.id}`)).status).toBe(200)
    const left = await signedIn('colleague@firm.example', 'lake-stone-7')
    expect((await left.get(`${path}/members`)).status).toBe(404)
    expect((await firm.get(`${path}/members`)).body.items.length).toBeGreaterThan(open.length)
  })

  test('takes an invitation back', async () => {
    const firm = await signedIn(demo('enterprise'))
    const { body } = await firm.post(`${path}/invitations`, { email: 'late@firm.example' })
    const link = (await letterTo('late@firm.example')).linkPath
    expect((await firm.request('DELETE', `${path}/invitations/${body.id}`)).body).toEqual({ revoked: true })
    expect((await new Person(w).get(`/api/v1${link}`)).body.code).toBe('INVITATION_CLOSED')
  })
})
