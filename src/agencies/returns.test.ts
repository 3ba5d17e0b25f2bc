import { beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#platform/database.ts'
import { figure } from '#testing/figures.ts'
import { world } from '#testing/world.ts'
import { insertReturns } from './bulk.store.ts'
import { noAnswers, plantAgencies, type Planted } from './register.fixture.ts'

const w = await world()
w.setToday('2026-02-10')
const carrier = w.zone.carriers[0]?.id ?? ''
const statistician = w.as('statistician')
let lake: Planted
let hill: Planted
let gone: Planted

const million = 100_000_000
const answers = { ...noAnswers(w.zone), attorneys: 1, 'agency-revenue': 3 * million, 'patent-filings': 40 }
const own = () => w.as({ roles: ['agency'], organisationIds: [lake.partyId] })
const file = (more: object, who = own(), code = lake.code) =>
  who.post(`/api/v1/agencies/${code}/returns`, {
    source: 'online',
    periodFrom: '2025-01-01',
    periodTo: '2026-01-01',
    revenueFen: 4 * million,
    headcount: 9,
    answers,
    ...more,
  })
const at = (path: string) => `/api/v1/agencies/${lake.code}/${path}`

beforeAll(async () => {
  const planted = await plantAgencies(
    w.db,
    [
      { name: '湖光代理', movedIn: '2023-05-01' },
      { name: '小山代理', movedIn: '2025-03-01' },
      { name: '旧港代理', movedIn: '2023-01-01', movedOut: '2025-06-30' },
    ],
    carrier,
  )
  ;[lake, hill, gone] = planted as [Planted, Planted, Planted]
  await inTransaction(w.db, (tx) =>
    insertReturns(
      tx,
      [lake, gone].map(({ id }) => ({
        agencyId: id,
        periodFrom: '2024-01-01',
        periodTo: '2025-01-01',
        revenueFen: 3 * million,
        headcount: 8,
        filedOn: '2025-03-01',
        source: 'annual return',
      })),
    ),
  )
})

describe('the periods of an agency', () => {
  test('[F090] [S198] each says when it is due and where it stands; a year in which it left is not asked for', async () => {
    const { body } = await own().get(at('return-periods'))
    expect(body.items).toMatchObject([
      { period: '2026', state: 'not-open', dueOn: '2027-03-31' },
      { period: '2025', state: 'due', dueOn: '2026-03-31', filedOn: null },
      { period: '2024', state: 'filed', filedOn: '2025-03-01' },
      { period: '2023', state: 'late', dueOn: '2024-03-30' },
    ])
    const left = await statistician.get(`/api/v1/agencies/${gone.code}/return-periods`)
    expect(left.body.items.map(({ period }: { period: string }) => period)).toEqual(['2024', '2023'])
  })

  test('[F090] the agency finds itself, and nobody else’s', async () => {
    expect((await own().get('/api/v1/my/agencies')).body.items).toMatchObject([
      { code: lake.code, name: '湖光代理', inZone: true },
    ])
    const stranger = w.as({ roles: ['agency'], organisationIds: [hill.partyId] })
    for (const path of ['return-periods', 'return-forms/2025', 'return-history/2025'])
      expect([path, (await stranger.get(at(path))).status]).toEqual([path, 403])
    expect((await stranger.post(at('return-checks/2025'), { answers: {} })).status).toBe(403)
    expect(
      (await stranger.put(at('return-drafts/2025'), { answers: {}, reasons: {}, basedOn: 0 })).status,
    ).toBe(403)
    expect((await w.as('enterprise').get(at('return-forms/2025'))).status).toBe(403)
    expect((await w.as('visitor').get(at('return-forms/2025'))).status).toBe(401)
    expect((await own().get(at('return-forms/2019'))).body.code).toBe('UNKNOWN_PERIOD')
  })
})

describe('the form', () => {
  test('[F090] [S198] asks what everybody answers and what the agency’s classes answer, beside last year’s answers', async () => {
    const { body } = await own().get(at('return-forms/2025'))
    expect(body.form.parts.map(({ code }: { code: string }) => code)).toEqual(['common', 'agency'])
    expect(body).toMatchObject({
      masked: false,
      answers: null,
      lastYear: { revenue: 3 * million, headcount: 8 },
      draft: null,
      form: { sample: true },
    })
  })

  test('[F090] [S198] a draft is kept by version; who saves upon an older one is told what stands there', async () => {
    const save = (basedOn: number, revenue: number) =>
      own().put(at('return-drafts/2025'), { answers: { revenue }, reasons: {}, basedOn })
    expect((await save(0, 1)).body.version).toBe(1)
    expect((await save(1, 2)).body.version).toBe(2)
    const late = await save(1, 3)
    expect([late.status, late.body.code, late.body.data.answers]).toEqual([
      409,
      'DRAFT_CHANGED',
      { revenue: 2 },
    ])
    expect((await own().get(at('return-forms/2025'))).body.draft.answers).toEqual({ revenue: 2 })
    expect((await statistician.get(at('return-forms/2025'))).body.draft).toBeNull()
    expect((await own().get(at('return-periods'))).body.items[1].draft).toBe(true)
  })

  test('[F090] [S198] revenue ten times last year’s asks for a reason before filing, and says what was compared', async () => {
    const jump = { revenueFen: 30 * million, answers: { ...answers, 'agency-revenue': 30 * million } }
    const asked = await file(jump)
    expect([asked.status, asked.body.code]).toEqual([422, 'REASON_NEEDED'])
    expect(asked.body.data.findings).toMatchObject([
      { code: 'revenue-jump', value: 30 * million, against: 3 * million, side: 'above' },
    ])
    const checked = await own().post(at('return-checks/2025'), {
      answers: { ...jump.answers, revenue: jump.revenueFen, headcount: 9 },
    })
    expect(checked.body.findings).toEqual(asked.body.data.findings)
    expect((await file({ ...jump, reasons: { 'revenue-jump': ' ? ' } })).body.code).toBe('REASON_NEEDED')
    expect((await own().get(at('return-periods'))).body.items[1]).toMatchObject({ state: 'due' })

    const filed = await file({ ...jump, reasons: { 'revenue-jump': '并入无锡分所的业务' } })
    expect(filed.status).toBe(201)
    const { body } = await own().get(at('return-forms/2025'))
    expect(body).toMatchObject({ state: 'filed', filedOn: '2026-02-10', draft: null, revisions: 0 })
    expect(body.explained).toMatchObject([{ code: 'revenue-jump', reason: '并入无锡分所的业务' }])
    expect(body.answers).toMatchObject({ revenue: 30 * million, headcount: 9, 'patent-filings': 40 })
  })

  test('[F090] what cannot be is refused, whatever reason is given', async () => {
    const more = { cause: 'again', reasons: { 'attorneys-within-headcount': 'because' } }
    const crowd = await file({ ...more, answers: { ...answers, attorneys: 10 } })
    expect([crowd.status, crowd.body.code]).toEqual([422, 'RETURN_REFUSED'])
    expect(crowd.body.data.findings[0].code).toBe('attorneys-within-headcount')
    const { attorneys: _, ...short } = answers
    expect((await file({ ...more, answers: short })).body).toMatchObject({
      code: 'FIELDS_MISSING',
      data: { fields: ['attorneys'] },
    })
    expect((await file({ ...more, answers: { ...answers, cases: 1 } })).body).toMatchObject({
      code: 'FIELDS_UNKNOWN',
      data: { fields: ['cases'] },
    })
    expect((await file({ ...more, answers: { ...answers, attorneys: -1 } })).status).toBe(400)
  })
})

describe('revision and confidentiality', () => {
  test('[F090] [S198] a revision keeps what it revises, with its cause, and the board follows', async () => {
    const before = await figure(w, 'service-revenue', '2026-02-10')
    expect(before.value).toBe(30 * million)
    const revised = await file({ cause: '分所业务另行申报' })
    expect(revised.status).toBe(201)
    expect((await figure(w, 'service-revenue', '2026-02-10')).value).toBe(4 * million)
    const { body } = await own().get(at('return-history/2025'))
    expect(body.items).toMatchObject([
      { cause: '分所业务另行申报', supersededAt: null, answers: { revenue: 4 * million }, explanations: 0 },
      { cause: null, answers: { revenue: 30 * million }, explanations: 1 },
    ])
    expect(body.items[1].supersededAt).not.toBeNull()
    expect((await own().get(at('return-forms/2025'))).body.revisions).toBe(1)
  })

  test('[F090] [S198] staff see that something was explained; what was reported only with a purpose, and never the operator', async () => {
    const plain = await statistician.get(at('return-history/2025'))
    expect(plain.body).toMatchObject({
      masked: true,
      items: [{ answers: null, explained: null }, { explanations: 1 }],
    })
    const asked = await statistician.get(`${at('return-history/2025')}?purpose=annual%20statistics`)
    expect(asked.body).toMatchObject({
      masked: false,
      items: [{}, { explained: [{ code: 'revenue-jump' }] }],
    })
    expect((await w.as('operator').get(`${at('return-history/2025')}?purpose=curiosity`)).body.masked).toBe(
      true,
    )
    const form = await w.as('operator').get(at('return-forms/2025'))
    expect(form.body).toMatchObject({ masked: true, answers: null, lastYear: null, explained: [] })
    const typed = await w
      .as('operator')
      .post(at('return-checks/2025'), { answers: { revenue: 90 * million, headcount: 9 } })
    expect(typed.body.findings[0]).toMatchObject({ code: 'revenue-jump', against: null })
  })

  test('[F090] the desk counts what it lists: who has filed, who is late, what was explained and revised', async () => {
    w.setToday('2026-05-01')
    const { body } = await statistician.get('/api/v1/returns')
    expect(body).toMatchObject({
      period: '2025',
      total: 2,
      counts: { filed: 1, late: 1, due: 0 },
      explained: 0,
      revised: 1,
    })
    const late = await statistician.get('/api/v1/returns?state=late')
    expect(late.body).toMatchObject({ total: 1, items: [{ code: hill.code, state: 'late' }] })
    expect(JSON.stringify(body)).not.toContain(String(4 * million))
    const first = await statistician.get('/api/v1/returns?limit=1')
    const second = await statistician.get(`/api/v1/returns?limit=1&cursor=${first.body.next}`)
    expect([...first.body.items, ...second.body.items]).toEqual(body.items)
    expect((await own().get('/api/v1/returns')).status).toBe(403)
    expect((await statistician.get('/api/v1/returns?period=2023')).body.counts).toMatchObject({ late: 2 })
    w.setToday('2026-02-10')
  })
})
