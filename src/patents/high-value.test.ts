import { beforeAll, expect, test } from 'vitest'
import { inTransaction } from '#platform/database.ts'
import { date } from '#platform/calendar.ts'
import { figure, recordsBehind } from '#testing/figures.ts'
import { plantFirms } from '#testing/parties.ts'
import { world } from '#testing/world.ts'
import { longMaintainedFrom } from './rules.ts'
import { insertInventions } from './store.ts'

const w = await world()
const today = '2026-11-22'
w.setToday(today)
const officer = w.as('officer')
const visitor = w.as('visitor')

beforeAll(async () => {
  const [owner = ''] = await plantFirms(w.db, 1)
  const invention = (index: number, filedOn: string, lapsedOn: string | null, criteria: string[]) => ({
    patentNumber: `ZL${index}`,
    title: `发明${index}`,
    ownerId: owner,
    filedOn,
    grantedOn: '2018-01-01',
    lapsedOn,
    source: 's',
    criteria: criteria.map((criterion) => ({
      criterion: criterion as 'awarded',
      holdsFrom: '2020-01-01',
      holdsTo: null,
      evidence: '获奖证书',
      source: 's',
    })),
  })
  await inTransaction(w.db, (tx) =>
    insertInventions(tx, [
      invention(1, '2016-06-01', null, ['awarded', 'overseas-family']),
      invention(2, '2017-06-01', null, []),
      invention(3, '2016-06-01', '2025-01-01', ['awarded']),
    ]),
  )
})

test('[F061] [S46] the figure opens into its list by criterion, with the population row it was divided by', async () => {
  const added = await w.as('statistician').post('/api/v1/high-value/populations', {
    residents: 20_000,
    countedOn: '2025-12-31',
    version: '公报',
    publishedOn: '2026-03-01',
    source: '统计公报',
  })
  expect(added.status).toBe(201)
  const { body } = await visitor.get('/api/v1/high-value')
  expect(body).toMatchObject({
    total: 1,
    inventions: 1,
    byCriterion: { awarded: 1, 'overseas-family': 1, pledged: 0 },
    population: { version: '公报', residents: 20_000 },
    perTenThousand: 0.5,
  })
  expect((await figure(w, 'high-value-per-10k', today)).value).toBeCloseTo(body.perTenThousand, 9)
  expect(await recordsBehind(w, 'high-value-per-10k', today, 'numerator')).toEqual(
    body.items.map(({ patentNumber }: any) => patentNumber),
  )
  expect((await visitor.get('/api/v1/high-value?asOf=2024-06-01')).body).toMatchObject({
    inventions: 2,
    population: null,
    perTenThousand: null,
  })
})

test('[F061] a later version of the population is used from its publication, and the earlier one stays', async () => {
  const statistician = w.as('statistician')
  const revision = {
    residents: 25_000,
    countedOn: '2025-12-31',
    version: '修订',
    publishedOn: today,
    source: '公报',
  }
  expect((await statistician.post('/api/v1/high-value/populations', revision)).status).toBe(201)
  expect((await statistician.post('/api/v1/high-value/populations', revision)).body.code).toBe(
    'VERSION_TAKEN',
  )
  const used = async (asOf: string) =>
    (await visitor.get(`/api/v1/high-value/populations?asOf=${asOf}`)).body.items.find((one: any) => one.used)
      ?.version
  expect([await used('2026-11-21'), await used(today)]).toEqual(['公报', '修订'])
  expect(
    (
      await officer.post('/api/v1/high-value/populations', {
        ...revision,
        version: 'x',
        publishedOn: '2026-11-23',
      })
    ).body.code,
  ).toBe('DAY_AHEAD')
  expect(
    (
      await officer.post('/api/v1/high-value/populations', {
        ...revision,
        version: 'x',
        publishedOn: '2025-01-01',
      })
    ).body.code,
  ).toBe('PUBLISHED_BEFORE_COUNTED')
})

test('[F061] [S116] each of the five criteria is explained for one patent, and what is found or ends moves the count', async () => {
  const explain = async (number: string) => (await visitor.get(`/api/v1/high-value/${number}`)).body
  expect((await explain('ZL2')).findings.map(({ holds }: any) => holds)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ])
  const find = (body: object) =>
    officer.post('/api/v1/high-value/ZL2/criteria', { evidence: '质押登记', source: '登记簿', ...body })
  expect((await find({ criterion: 'long-maintained', holdsFrom: today })).body).toMatchObject({
    code: 'NOT_LONG_ENOUGH',
    data: { from: '2027-06-02' },
  })
  expect((await find({ criterion: 'pledged', holdsFrom: '2026-01-01' })).status).toBe(201)
  expect((await find({ criterion: 'pledged', holdsFrom: '2026-05-01' })).body.code).toBe('ALREADY_FOUND')
  expect(await explain('ZL2')).toMatchObject({ counted: true, inForce: true, yearsSinceFiling: 9 })
  const end = () =>
    officer.post('/api/v1/high-value/ZL2/criteria/end', {
      criterion: 'pledged',
      holdsTo: today,
      reason: '解除质押',
    })
  expect((await end()).status).toBe(200)
  expect((await end()).body.code).toBe('DOES_NOT_HOLD')
  const after = await explain('ZL2')
  expect(after.counted).toBe(false)
  expect(after.findings[3].reasons[0]).toMatchObject({ holdsTo: today, endReason: '解除质押' })
  expect((await explain('ZL404')).code).toBe('UNKNOWN_PATENT')
  expect((await visitor.post('/api/v1/high-value/ZL2/criteria', {})).status).toBe(401)
})

test('more than ten years are counted from the day of filing', () => {
  expect(longMaintainedFrom(date('2016-06-01'))).toBe('2026-06-02')
  expect(longMaintainedFrom(date('2016-02-29'))).toBe('2026-03-01')
})
