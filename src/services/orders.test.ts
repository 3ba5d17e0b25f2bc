import { beforeAll, describe, expect, test } from 'vitest'
import { date } from '#platform/calendar.ts'
import { expectToOpen, figure } from '#testing/figures.ts'
import { clerk, type Clerk } from '#testing/matters.ts'
import { giveStanding, plantFirms } from '#testing/parties.ts'
import { type Caller, world } from '#testing/world.ts'
import { plantAgencies, type Planted } from '../agencies/register.fixture.ts'
import { lookAtDeadlines } from '../matters/jobs.ts'
import { procedures } from '../procedures.ts'
import { serviceOrderSource } from './client-orders.ts'
import { tellOfLateDeliveries } from './order.jobs.ts'

const w = await world()
const today = '2026-11-25'
w.setToday(today)
const carrier = w.zone.carriers[0]?.id ?? ''

let firm: Caller
let firmAccount: string
let firmId: string
let colleague: Caller
let agencies: (Caller & { readonly planted: Planted; readonly accountId: string })[]
let stranger: Caller
let office: Clerk

beforeAll(async () => {
  const [one = ''] = await plantFirms(w.db, 1, '订单企业')
  firmId = one
  const known = await clerk(w, 'buyer', [], ['enterprise'])
  firmAccount = known.accountId
  firm = w.as({ roles: ['enterprise'], organisationIds: [firmId], accountId: firmAccount })
  colleague = w.as({
    roles: ['enterprise'],
    organisationIds: [firmId],
    accountId: (await clerk(w, 'buyer-2', [], ['enterprise'])).accountId,
  })
  const planted = await plantAgencies(
    w.db,
    [
      { name: '甲咨询', facts: { classes: ['consulting'] } },
      { name: '乙咨询', facts: { classes: ['consulting', 'agency'] } },
      { name: '丙代理', facts: { classes: ['agency'] } },
    ],
    carrier,
  )
  agencies = await Promise.all(
    planted.map(async (agency, index) => {
      const { accountId } = await clerk(w, `agency-${index}`, [], ['agency'])
      await w.db
        .insertInto('membership')
        .values({
          accountId,
          organisationId: agency.partyId,
          organisationName: `agency ${index}`,
          role: 'administrator',
          validFrom: '2024-01-01',
        })
        .execute()
      const caller = w.as({ roles: ['agency'], organisationIds: [agency.partyId], accountId })
      return { ...caller, planted: agency, accountId }
    }),
  )
  stranger = w.as({
    roles: ['enterprise'],
    organisationIds: (await plantFirms(w.db, 1, '无关企业')).slice(0, 1),
  })
  office = await clerk(w, 'centre', ['operations-centre'])
})

const agency = (index: number) => agencies[index]!
const REQUEST = {
  service: 'strategy',
  title: '三年专利布局规划',
  purpose: '公司准备上市，需要一份三年的专利和商标布局规划。',
  budgetFrom: 5_000_000,
  budgetTo: 12_000_000,
  neededBy: '2027-03-31',
  contactName: '王小明',
  contactPhone: '13800001234',
}
const QUOTE = {
  priceFen: 8_000_000,
  scope: '访谈、检索、布局图和实施表各一份',
  days: 30,
  validUntil: '2026-12-31',
}

async function place(answers: object = {}): Promise<string> {
  const draft = await firm.post('/api/v1/drafts', {
    procedure: 'special-service-order',
    organisationId: firmId,
    station: 'operations-centre',
    answers: { ...REQUEST, ...answers },
  })
  expect(draft.status, JSON.stringify(draft.body)).toBe(201)
  const sent = await firm.post(`/api/v1/drafts/${draft.body.id}/submission`, { version: draft.body.version })
  expect(sent.status, JSON.stringify(sent.body)).toBe(200)
  return sent.body.number
}
const path = (number: string, rest = '') => `/api/v1/service-orders/${number}${rest}`
const quote = (who: Caller, number: string, more: object = {}) =>
  who.post(path(number, '/quotes'), { ...QUOTE, ...more })
const view = async (who: Caller, number: string) => (await who.get(path(number))).body
const step = async (who: Caller, number: string, code: string, answers?: object) =>
  who.post(`/api/v1/matters/${number}/steps`, {
    step: code,
    version: (await who.get(`/api/v1/matters/${number}`)).body.version,
    ...(answers && { answers }),
  })
const told = async (accountId: string) =>
  (
    await w.db
      .selectFrom('notice')
      .select('titleZh')
      .where('recipientId', '=', accountId)
      .where('kind', '=', 'services.order')
      .orderBy('id')
      .execute()
  ).map(({ titleZh }) => titleZh)
const idOf = async (number: string, index: number) =>
  (await view(firm, number)).quotes.find(
    (one: any) => one.agency.code === agency(index).planted.code && one.state === 'standing',
  ).id

describe('[F005] [S74] an order from request to rating', () => {
  test('one of two quotes is taken, the work delivered, sent back, accepted, filed, counted and rated', async () => {
    await giveStanding(w.db, firmId, 'high-tech', '2024-06-01')
    const before = (await figure(w, 'high-tech-served', today)).value ?? 0
    const number = await place()
    expect((await told(agency(0).accountId)).at(-1)).toContain(number)
    expect(await told(agency(2).accountId)).toEqual([])
    expect(
      (await agency(0).get('/api/v1/service-orders')).body.items.map((one: any) => one.number),
    ).toContain(number)
    expect((await agency(2).get('/api/v1/service-orders')).body.total).toBe(0)

    expect((await quote(agency(0), number)).status).toBe(201)
    expect((await quote(agency(1), number, { priceFen: 9_000_000, days: 20 })).status).toBe(201)
    const seen = await view(firm, number)
    expect(seen.state).toBe('quoted')
    expect(seen.quotes.map(({ compared }: any) => compared)).toEqual([
      { lowestPrice: true, soonest: false, withinBudget: true },
      { lowestPrice: false, soonest: true, withinBudget: true },
    ])
    const taken = await firm.post(path(number, `/quotes/${await idOf(number, 1)}/acceptance`))
    expect(taken.body).toMatchObject({ state: 'working' })
    expect(taken.body.quotes.map(({ state }: any) => state)).toEqual(['not-taken', 'taken'])
    expect((await told(agency(0).accountId)).at(-1)).toContain('另一家')
    expect((await told(agency(1).accountId)).at(-1)).toContain('已被选定')

    const file = new FormData()
    file.set('file', new File([pdf()], '规划.pdf', { type: 'application/pdf' }))
    expect((await upload(agency(1).accountId, agency(1).planted.partyId, number, file)).status).toBe(201)
    expect((await view(firm, number)).waitingFiles).toEqual([])
    const delivered = await agency(1).post(path(number, '/deliveries'), {
      description: '规划报告第一稿，见附件。',
    })
    expect(delivered.status, JSON.stringify(delivered.body)).toBe(201)
    const [{ files }] = (await view(firm, number)).deliveries
    expect((await firm.get(path(number, `/files/${files[0].id}`))).status).toBe(200)
    expect((await stranger.get(path(number, `/files/${files[0].id}`))).status).toBe(404)
    expect((await step(firm, number, 'askRework', { why: '缺少商标部分' })).status).toBe(200)
    expect((await view(agency(1), number)).deliveries[0].reworkReason).toBe('缺少商标部分')
    expect(
      (await agency(1).post(path(number, '/deliveries'), { description: '已补充商标部分，见第三章。' }))
        .status,
    ).toBe(201)
    expect((await step(firm, number, 'accept')).status).toBe(200)

    const filed = await view(firm, number)
    expect(filed).toMatchObject({
      state: 'filed',
      filed: { reference: number, servedOn: today, matterType: 'consulting' },
    })
    expect((await figure(w, 'high-tech-served', today)).value).toBe(before + 1)
    await expectToOpen(w, 'high-tech-served', today, { maskedForVisitors: true })
    const rated = await firm.post(`/api/v1/matters/${number}/rating`, { grade: 5, words: '很专业' })
    expect(rated.status).toBe(201)
    const { rating } = (await firm.get(`/api/v1/matters/${number}`)).body
    expect(rating).toMatchObject({ grade: 5, entryId: expect.any(String) })
    expect((await view(agency(1), number)).rating).toMatchObject({ grade: 5, entryId: rating.entryId })
  })

  test('a quote shows nothing of the others to an agency, and the client by name only to the one taken', async () => {
    const number = await place()
    await quote(agency(0), number)
    await quote(agency(1), number)
    const before = await view(agency(0), number)
    expect(before.quotes).toHaveLength(1)
    expect(before.client).toBeNull()
    expect(JSON.stringify(before)).not.toContain('13800001234')
    expect((await agency(0).get(path(number, '/contact?purpose=商谈报价'))).status).toBe(403)
    await firm.post(path(number, `/quotes/${await idOf(number, 0)}/acceptance`))
    expect(await view(agency(0), number)).toMatchObject({ client: '订单企业 1', mayReadContact: true })
    expect((await agency(0).get(path(number, '/contact?purpose=商谈交付细节'))).body.telephone).toBe(
      '13800001234',
    )
    const readings = await w.db.selectFrom('readLog').selectAll().where('recordId', '=', number).execute()
    expect(readings.map(({ purpose, subjectId }) => [purpose, subjectId])).toEqual([
      ['商谈交付细节', firmAccount],
    ])
    expect((await view(agency(1), number)).client).toBeNull()
    expect((await agency(1).get(path(number, '/contact?purpose=商谈交付细节'))).status).toBe(403)
  })

  test('who may not: strangers, agencies of another class, agencies on their own order, the office', async () => {
    const number = await place()
    await quote(agency(0), number)
    const id = await idOf(number, 0)
    expect((await stranger.get(path(number))).status).toBe(404)
    expect((await agency(2).get(path(number))).status).toBe(404)
    expect((await quote(agency(2), number)).status).toBe(404)
    expect((await stranger.post(path(number, `/quotes/${id}/acceptance`))).status).toBe(404)
    expect((await agency(0).post(path(number, `/quotes/${id}/acceptance`))).body.code).toBe('NOT_YOUR_ORDER')
    expect((await office.post(path(number, `/quotes/${id}/acceptance`))).body.code).toBe('NOT_YOUR_ORDER')
    expect((await office.get(path(number))).body.side).toBe('office')
    expect(
      (await agency(1).post(path(number, `/quotes/${id}/withdrawal`), { reason: '不是我的' })).body.code,
    ).toBe('UNKNOWN_QUOTE')
    expect(
      (await agency(1).post(path(number, '/deliveries'), { description: '没有被选定却也想交付工作' })).body
        .code,
    ).toBe('NOT_YOUR_ORDER')
    expect((await w.as('visitor').get(path(number))).status).toBe(401)
    expect((await w.as('agency').get('/api/v1/service-orders')).body.code).toBe('NO_AGENCY')
  })
})

describe('[F005] quotes that end', () => {
  test('two of the firm take different quotes at once: one wins, the other is told who was taken', async () => {
    const number = await place()
    await quote(agency(0), number)
    await quote(agency(1), number)
    const [first, second] = [await idOf(number, 0), await idOf(number, 1)]
    const answers = await Promise.all([
      firm.post(path(number, `/quotes/${first}/acceptance`)),
      colleague.post(path(number, `/quotes/${second}/acceptance`)),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'ALREADY_TAKEN',
      data: { agency: expect.stringMatching(/咨询/) },
    })
  })

  test('an expired quote cannot be taken; a new one of the same agency replaces it', async () => {
    const number = await place()
    await quote(agency(0), number, { validUntil: '2026-11-26' })
    const id = await idOf(number, 0)
    w.setToday('2026-11-27')
    try {
      expect((await view(firm, number)).quotes[0]).toMatchObject({ expired: true, compared: null })
      expect((await firm.post(path(number, `/quotes/${id}/acceptance`))).body).toMatchObject({
        code: 'QUOTE_EXPIRED',
        data: { validUntil: '2026-11-26' },
      })
      expect((await quote(agency(0), number, { validUntil: '2026-11-26' })).body.code).toBe(
        'VALID_UNTIL_PAST',
      )
      expect((await quote(agency(0), number)).status).toBe(201)
      expect((await view(firm, number)).quotes.map(({ state }: any) => state)).toEqual([
        'replaced',
        'standing',
      ])
    } finally {
      w.setToday(today)
    }
  })

  test('the last quote taken back, work given back, and withdrawal each tell those concerned', async () => {
    const number = await place()
    await quote(agency(0), number)
    await agency(0).post(path(number, `/quotes/${await idOf(number, 0)}/withdrawal`), { reason: '人手不够' })
    expect((await view(firm, number)).state).toBe('open')
    await quote(agency(0), number)
    await quote(agency(1), number)
    await firm.post(path(number, `/quotes/${await idOf(number, 0)}/acceptance`))
    expect((await agency(0).post(path(number, '/return'), { reason: '主办人离职' })).body.state).toBe('open')
    expect((await told(agency(1).accountId)).at(-1)).toContain('重新开放报价')
    await quote(agency(1), number)
    expect((await step(firm, number, 'withdraw')).status).toBe(200)
    expect((await told(agency(1).accountId)).at(-1)).toContain('撤回')
    expect((await quote(agency(0), number)).body.code).toBe('ORDER_CLOSED')
  })

  test('[S202] a late delivery is told once to both sides, and keeps the agency from moving out', async () => {
    const number = await place()
    await quote(agency(0), number, { days: 2 })
    await firm.post(path(number, `/quotes/${await idOf(number, 0)}/acceptance`))
    await w.db
      .insertInto('membership')
      .values({
        accountId: firmAccount,
        organisationId: firmId,
        organisationName: '订单企业',
        role: 'member',
        validFrom: '2024-01-01',
      })
      .execute()
    const moment = (day: string) => ({ now: new Date(`${day}T04:00:00Z`), today: date(day) })
    expect(await tellOfLateDeliveries(w.db, moment('2026-11-27'))).toBe(0)
    expect(await tellOfLateDeliveries(w.db, moment('2026-11-28'))).toBe(2)
    expect(await tellOfLateDeliveries(w.db, moment('2026-11-29'))).toBe(0)
    expect((await told(agency(0).accountId)).at(-1)).toContain('已逾期')
    expect((await told(firmAccount)).at(-1)).toContain(number)
    const { id, code, partyId } = agency(0).planted
    const open = await serviceOrderSource.open(w.db, { id, code, partyId })
    expect(open.map(({ label }) => label)).toContain(`${number} ${REQUEST.title}`)
    expect((await step(firm, number, 'cancel', { why: '改由内部完成' })).status).toBe(200)
    expect((await told(agency(0).accountId)).at(-1)).toContain('解除')
  })

  test('a request without a quote lapses when its term has run out', async () => {
    const number = await place()
    w.setToday('2026-12-20')
    try {
      await lookAtDeadlines(w.context(), procedures)
      expect((await view(firm, number)).state).toBe('lapsed')
    } finally {
      w.setToday(today)
    }
  })

  test('a service that the zone does not offer, and a budget upside down, are refused with the rule', async () => {
    const draft = await firm.post('/api/v1/drafts', {
      procedure: 'special-service-order',
      organisationId: firmId,
      answers: { ...REQUEST, budgetFrom: 2, budgetTo: 1 },
    })
    const sent = await firm.post(`/api/v1/drafts/${draft.body.id}/submission`, {
      version: draft.body.version,
    })
    expect(sent.status).toBe(422)
    expect(JSON.stringify(sent.body)).toContain('budget-order')
  })
})

function pdf() {
  return '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'
}

function upload(accountId: string, organisation: string, number: string, body: FormData) {
  const actor = {
    kind: 'account',
    accountId,
    name: 'agency',
    roles: ['agency'],
    organisationIds: [organisation],
    secondFactor: 'notRequired',
  }
  return w.fetch(
    new Request(`http://zone.test${path(number, '/files')}`, {
      method: 'POST',
      headers: {
        origin: 'http://zone.test',
        authorization: 'test',
        'x-test-actor': encodeURIComponent(JSON.stringify(actor)),
      },
      body,
    }),
  )
}
