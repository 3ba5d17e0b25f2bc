import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { addDays, date } from '#platform/calendar.ts'
import { testAccountId, world } from '#testing/world.ts'
import { putRecords } from '../patents/corpus.store.ts'
import { PatentRecord } from '../patents/record.rules.ts'
import { LISTING_STATE_NAMES, verdictOn } from './listing.rules.ts'

const w = await world()
const today = '2026-11-22'
w.setToday(today)
const officer = w.as('officer')
const visitor = w.as('visitor')
const industry = w.zone.industryPatents[0]?.industries[0]?.industry ?? ''
const days = w.zone.listingTerms[0]?.confirmDays ?? 0
let owner = ''
let other = ''

const record = (number: number, legalStatus: string, on: string) =>
  PatentRecord.parse({
    publicationNumber: `CN10${String(1_000_000 + number)}B`,
    applicationNumber: `CN2018101${String(10_000 + number)}`,
    applicationKey: `CN2018101${String(10_000 + number)}`,
    numberState: 'unchecked',
    office: 'CN',
    kind: 'B',
    right: 'invention',
    stage: 'grant',
    titles: { zh: `第${number}种阀门` },
    applicants: [{ name: '湖滨阀门有限公司', country: 'CN' }],
    legalStatus,
    legalStatusOn: on,
    source: {
      run: 'r',
      file: 'f',
      line: number + 1,
      format: 'test',
      observedOn: on,
      seenAt: `${on}T04:00:00Z`,
    },
  })
const numberOf = (number: number) => record(number, 'in-force', today).publicationNumber
const offer = (number: number, more: object = {}) => ({
  publicationNumber: numberOf(number),
  partyId: owner,
  kind: 'transfer',
  field: '工业阀门',
  industry,
  summary: '可整件转让',
  ...more,
})
const get = async (id: string) => (await visitor.get(`/api/v1/market/listings/${id}`)).body
const member = () => w.as({ roles: ['enterprise'], organisationIds: [owner] })

beforeAll(async () => {
  const plant = async (name: string) =>
    (await officer.post('/api/v1/parties', { name, source: '登记簿' })).body.id as string
  owner = await plant('湖滨阀门有限公司')
  other = await plant('别家有限公司')
  await putRecords(
    w.context(),
    [0, 1, 2, 3].map((number) => record(number, number === 3 ? 'expired' : 'in-force', '2024-01-01')),
  )
})

describe('[F046] what a look at a listing finds', () => {
  const seen = { state: 'active', confirmBy: '2026-12-01', legalStatus: 'in-force', reminded: false } as const
  test.each([
    ['2026-11-16', {}, 'keep'],
    ['2026-11-17', {}, 'remind'],
    ['2026-11-17', { reminded: true }, 'keep'],
    ['2026-11-30', { reminded: true }, 'keep'],
    ['2026-12-01', {}, 'fade'],
    ['2026-11-16', { legalStatus: 'lapsed' }, 'lapse'],
    ['2026-11-16', { legalStatus: 'unknown' }, 'keep'],
    ['2027-01-01', { state: 'faded' }, 'keep'],
    ['2027-01-01', { state: 'faded', legalStatus: 'revoked' }, 'lapse'],
    ['2027-01-01', { state: 'withdrawn', legalStatus: 'revoked' }, 'keep'],
  ] as const)('on %s, with %j: %s', (on, more, verdict) => {
    expect(verdictOn(on, { ...seen, ...more }, { remindDaysBefore: 14 })).toBe(verdict)
  })

  test('a right that has ended never stays on the market, whatever else is true', () => {
    const listing = fc.record({
      state: fc.constantFrom(...LISTING_STATE_NAMES),
      reminded: fc.boolean(),
      offset: fc.integer({ min: -400, max: 400 }),
    })
    fc.assert(
      fc.property(listing, ({ state, reminded, offset }) => {
        const confirmBy = addDays(date('2026-06-01'), offset)
        const verdict = verdictOn(
          '2026-06-01',
          { state, confirmBy, reminded, legalStatus: 'lapsed' },
          { remindDaysBefore: 14 },
        )
        expect(verdict).toBe(state === 'active' || state === 'faded' ? 'lapse' : 'keep')
      }),
    )
  })
})

test('[F046] [S124] field and industry are mandatory, and what cannot be offered is refused', async () => {
  const post = async (body: object) => (await member().post('/api/v1/market/listings', body)).body.code
  expect(await post(offer(0, { field: undefined }))).toBe('INVALID_INPUT')
  expect(await post(offer(0, { industry: undefined }))).toBe('INVALID_INPUT')
  expect(await post(offer(0, { industry: 'whaling' }))).toBe('UNKNOWN_INDUSTRY')
  expect(await post(offer(0, { publicationNumber: 'CN999999999B' }))).toBe('UNKNOWN_PATENT')
  expect(await post(offer(3))).toBe('RIGHT_ENDED')
  expect(await post(offer(0, { partyId: other }))).toBe('NOT_YOUR_ORGANISATION')
  expect((await w.as('visitor').post('/api/v1/market/listings', offer(0))).status).toBe(401)
  expect((await w.as('bank').post('/api/v1/market/listings', offer(0))).status).toBe(403)
})

test('[F046] [S128] a patent that lapses in the status import leaves the market the same day, and its owner is told', async () => {
  const accountId = testAccountId('owner')
  await w.db
    .insertInto('userAccount')
    .values({ id: accountId, name: '业主', email: 'owner@example.test' })
    .execute()
  await w.db
    .insertInto('membership')
    .values({
      accountId,
      organisationId: owner,
      organisationName: '湖滨阀门有限公司',
      role: 'member',
      validFrom: '2020-01-01',
    })
    .execute()
  const { id } = (await member().post('/api/v1/market/listings', offer(0))).body
  expect((await member().post('/api/v1/market/listings', offer(0))).body.code).toBe('ALREADY_LISTED')
  expect(await get(id)).toMatchObject({
    state: 'active',
    holderMatches: true,
    confirmBy: addDays(date(today), days),
  })
  expect((await officer.post('/api/v1/market/listings/recheck')).body).toMatchObject({
    checked: 1,
    lapsed: 0,
  })

  await putRecords(w.context(), [record(0, 'lapsed', '2026-11-20')])
  expect((await officer.post('/api/v1/market/listings/recheck')).body).toMatchObject({
    checked: 1,
    lapsed: 1,
  })
  const gone = await get(id)
  expect(gone).toMatchObject({ state: 'lapsed', legalStatus: 'lapsed' })
  expect(gone.events.map(({ kind, happenedOn }: any) => [kind, happenedOn])).toEqual([
    ['lapsed', today],
    ['listed', today],
  ])
  expect((await visitor.get('/api/v1/market/listings')).body).toMatchObject({
    total: 0,
    states: { lapsed: 1 },
  })
  expect(
    (await member().post(`/api/v1/market/listings/${id}/confirm`, { version: gone.version })).body.code,
  ).toBe('RIGHT_ENDED')
  const notices = await w.db
    .selectFrom('notice')
    .select(['subjectId', 'href'])
    .where('kind', '=', 'market.listing')
    .execute()
  expect(notices).toEqual([{ subjectId: id, href: `/market/${id}` }])
})

test('[F046] without a word from its owner a listing is reminded of, fades on its day, and comes back when confirmed', async () => {
  const { id } = (await member().post('/api/v1/market/listings', offer(1))).body
  const recheck = async (on: string) => {
    w.setToday(on)
    return (await officer.post('/api/v1/market/listings/recheck')).body
  }
  const by = (await get(id)).confirmBy
  expect(await recheck(addDays(date(by), -14))).toMatchObject({ reminded: 1, faded: 0 })
  expect(await recheck(addDays(date(by), -1))).toMatchObject({ reminded: 0, faded: 0 })
  expect(await recheck(by)).toMatchObject({ faded: 1 })
  const faded = await get(id)
  expect(faded.state).toBe('faded')
  expect(
    (await member().post(`/api/v1/market/listings/${id}/confirm`, { version: faded.version - 1 })).body.code,
  ).toBe('CHANGED')
  const confirmed = (await member().post(`/api/v1/market/listings/${id}/confirm`, { version: faded.version }))
    .body
  expect(confirmed).toMatchObject({ state: 'active', confirmBy: addDays(date(by), days) })
  const withdrawn = await member().post(`/api/v1/market/listings/${id}/withdraw`, {
    version: confirmed.version,
    reason: '已另行成交',
  })
  expect(withdrawn.body.state).toBe('withdrawn')
  expect(
    (
      await member().post(`/api/v1/market/listings/${id}/withdraw`, {
        version: withdrawn.body.version,
        reason: '再来',
      })
    ).body.code,
  ).toBe('LEFT_ALREADY')
  w.setToday(today)
})
