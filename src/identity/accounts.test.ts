import { beforeAll, describe, expect, test } from 'vitest'
import { Person } from '#testing/person.ts'
import { signedInWorld } from '#testing/signed-in-world.ts'
import type { World } from '#testing/world.ts'
import { recordAudit } from '../ledger/public.ts'
import { insertReading } from './reading.store.ts'

const demo = (role: string) => `${role}@demo.zhiyuan.example`
const ORGANISATION = '01900000-0000-7000-8000-000000000001'

let w: World
let administrator: Person

beforeAll(async () => {
  w = await signedInWorld()
  administrator = await signedIn(demo('administrator'))
})

async function signedIn(email: string, password?: string): Promise<Person> {
  const person = new Person(w)
  await person.signInFully(email, password)
  return person
}

async function idOf(email: string): Promise<string> {
  const { id } = await w.db
    .selectFrom('userAccount')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  return id
}

async function letterTo(email: string) {
  return w.db
    .selectFrom('outbox')
    .selectAll()
    .where('recipient', '=', email)
    .orderBy('createdAt', 'desc')
    .executeTakeFirstOrThrow()
}

async function audited(action: string) {
  const entries = await w.db.selectFrom('ledgerEntry').select('body').orderBy('id').execute()
  return entries.map(({ body }) => JSON.parse(body)).filter((entry) => entry.action === action)
}

describe('[F106] [S135] personal data of an account', () => {
  test('is masked by default, even for the administrator', async () => {
    const id = await idOf(demo('citizen'))
    const { body } = await administrator.get(`/api/v1/accounts/${id}`)
    expect(body).toMatchObject({ email: 'c***@demo.zhiyuan.example', plain: [] })
    const list = (await administrator.get('/api/v1/accounts?limit=200')).body
    expect(
      list.items.filter((one: { email: string; id: string }) => !one.email.includes('***')),
    ).toHaveLength(1)
    expect(await w.db.selectFrom('readLog').selectAll().execute()).toHaveLength(0)
  })

  test('[S135] comes plain to who states a purpose, and the person reads who it was, when and why', async () => {
    const id = await idOf(demo('citizen'))
    const purpose = '核对来电人身份'
    const read = await administrator.get(`/api/v1/accounts/${id}?purpose=${encodeURIComponent(purpose)}`)
    expect(read.body).toMatchObject({ email: demo('citizen'), plain: ['email'] })

    const citizen = await signedIn(demo('citizen'))
    const readings = (await citizen.get('/api/v1/account/readings')).body
    expect(readings).toMatchObject({
      total: 1,
      items: [
        {
          readerName: '演示·管理员',
          readerRoles: ['administrator'],
          purpose,
          fields: ['email'],
          subjectId: id,
        },
      ],
    })
    const [entry] = await audited('personal-data.read')
    expect(entry.subject).toEqual({ kind: 'account', id })
    expect(JSON.stringify(entry)).not.toContain(demo('citizen'))
  })

  test('stays masked for an auditor who states one, and leaves no trace of a reading', async () => {
    const id = await idOf(demo('bank'))
    const auditor = await signedIn(demo('auditor'))
    const answer = await auditor.get(`/api/v1/accounts/${id}?purpose=audit%20of%20the%20year`)
    expect(answer.body).toMatchObject({ email: 'b***@demo.zhiyuan.example', plain: [] })
    const read = await w.db.selectFrom('readLog').selectAll().where('subjectId', '=', id).execute()
    expect(read).toHaveLength(0)
  })

  test('is not shown for a purpose that says nothing', async () => {
    const id = await idOf(demo('citizen'))
    expect((await administrator.get(`/api/v1/accounts/${id}?purpose=x`)).status).toBe(400)
  })

  test('of a firm: its members read who viewed it, others do not', async () => {
    const id = await idOf(demo('enterprise'))
    await administrator.post(`/api/v1/accounts/${id}/memberships`, {
      organisationId: ORGANISATION,
      organisationName: '示例科技有限公司',
      role: 'administrator',
    })
    await w.write(async (tx, context) => {
      await insertReading(tx, {
        readerId: await idOf(demo('officer')),
        readerName: '演示·经办人员',
        readerRoles: ['officer'],
        readerOrganisation: null,
        subjectKind: 'organisation',
        subjectId: ORGANISATION,
        recordKind: 'organisation',
        recordId: ORGANISATION,
        fields: ['contactPhone'],
        purpose: '办理入驻申请',
        requestId: 'r',
        readAt: context.now,
      })
      await recordAudit(tx, context, {
        action: 'personal-data.read',
        subject: { kind: 'organisation', id: ORGANISATION },
      })
    })
    const firm = await signedIn(demo('enterprise'))
    expect((await firm.get('/api/v1/account/readings')).body).toMatchObject({
      total: 1,
      items: [{ purpose: '办理入驻申请' }],
    })
    const other = await signedIn(demo('university'))
    expect((await other.get('/api/v1/account/readings')).body.total).toBe(0)
  })
})

describe('[F106] an administrator', () => {
  test('opens an account, whose holder sets the password from the letter and sets up the second factor', async () => {
    const email = 'new.officer@office.example'
    const created = await administrator.post('/api/v1/accounts', {
      name: '新来的',
      email,
      roles: ['officer'],
    })
    expect(created.status).toBe(201)
    const token = new URL((await letterTo(email)).linkPath, 'http://zone.test').searchParams.get('token')
    const password = 'Bridge-Stone-Lake-7'
    expect(
      (await new Person(w).post('/api/auth/reset-password', { token, newPassword: password })).status,
    ).toBe(200)
    const officer = await signedIn(email, password)
    expect((await officer.get('/api/v1/session')).body).toMatchObject({
      secondFactor: 'missing',
      enrolled: false,
      staff: true,
    })
    expect(
      await administrator.post('/api/v1/accounts', { name: '再来', email, roles: ['citizen'] }),
    ).toMatchObject({
      status: 409,
      body: { code: 'MAILBOX_TAKEN' },
    })
  })

  test('suspends an account, which is out at once and cannot come back until it is reinstated', async () => {
    const id = await idOf(demo('mediator'))
    const mediator = await signedIn(demo('mediator'))
    const suspended = await administrator.post(`/api/v1/accounts/${id}/suspension`, { reason: '离职交接' })
    expect(suspended.body).toEqual({ sessionsEnded: 1 })
    expect((await mediator.get('/api/v1/account/sessions')).status).toBe(401)
    expect(await new Person(w).signIn(demo('mediator'))).toMatchObject({
      status: 403,
      body: { code: 'ACCOUNT_SUSPENDED' },
    })
    await administrator.request('DELETE', `/api/v1/accounts/${id}/suspension`)
    await signedIn(demo('mediator'))
  })

  test('changes roles, which count from the next request on', async () => {
    const id = await idOf(demo('volunteer'))
    const volunteer = await signedIn(demo('volunteer'))
    await administrator.request('PUT', `/api/v1/accounts/${id}/roles`, {
      roles: ['volunteer', 'expert'],
      reason: '入选专家库',
    })
    expect((await volunteer.get('/api/v1/session')).body.roles).toEqual(['expert', 'volunteer'])
    const [entry] = await audited('account.roles-changed')
    expect(entry.detail).toMatchObject({
      before: ['volunteer'],
      after: ['volunteer', 'expert'],
      reason: '入选专家库',
    })
  })

  test('resets a lost second factor', async () => {
    const id = await idOf(demo('inspector'))
    await administrator.post(`/api/v1/accounts/${id}/second-factor/reset`, { reason: '手机遗失' })
    const inspector = await signedIn(demo('inspector'))
    expect((await inspector.get('/api/v1/session')).body).toMatchObject({
      secondFactor: 'missing',
      enrolled: false,
    })
  })

  test('cannot be the last one to go', async () => {
    const id = await idOf(demo('administrator'))
    expect(await administrator.post(`/api/v1/accounts/${id}/suspension`, { reason: '误操作' })).toMatchObject(
      {
        status: 409,
        body: { code: 'LAST_ADMINISTRATOR' },
      },
    )
    const roles = { roles: ['officer'], reason: '误操作' }
    expect((await administrator.request('PUT', `/api/v1/accounts/${id}/roles`, roles)).status).toBe(409)
  })

  test('finds accounts by name, role and state, page by page with an exact total', async () => {
    const staff = (await administrator.get('/api/v1/accounts?role=leader')).body
    expect(staff).toMatchObject({ total: 1, next: null })
    expect((await administrator.get('/api/v1/accounts?search=%25')).body.total).toBe(0)
    const first = (await administrator.get('/api/v1/accounts?limit=5')).body
    const second = (await administrator.get(`/api/v1/accounts?limit=200&cursor=${first.next}`)).body
    const ids = [...first.items, ...second.items].map(({ id }: { id: string }) => id)
    expect(new Set(ids).size).toBe(first.total)
  })
})
