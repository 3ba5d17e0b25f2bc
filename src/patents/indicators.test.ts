import { beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#platform/database.ts'
import { expectToOpen, figure, recordsBehind } from '#testing/figures.ts'
import { plantFirms } from '#testing/parties.ts'
import { world } from '#testing/world.ts'
import { plantAgencies } from '../agencies/register.fixture.ts'
import {
  insertCultivationCentres,
  insertInventions,
  insertNavigationBases,
  insertPctApplications,
  insertPopulations,
  insertProductReturns,
  type NewInvention,
} from './store.ts'

const w = await world()
w.setToday('2026-11-22')
const today = '2026-11-22'
const hash = 'b'.repeat(64)
let firms: string[]
const value = async (code: string, on = today) => (await figure(w, code, on)).value

beforeAll(async () => {
  firms = await plantFirms(w.db, 8)
})

const because = (
  criterion: NewInvention['criteria'][number]['criterion'],
  holdsFrom: string,
  holdsTo: string | null = null,
) => ({ criterion, holdsFrom, holdsTo, evidence: 'e', source: 's' })

const invention = (
  index: number,
  criteria: NewInvention['criteria'],
  lapsedOn: string | null = null,
): NewInvention => ({
  patentNumber: `ZL${index}`,
  title: `Invention ${index}`,
  ownerId: firms[0] ?? '',
  filedOn: '2016-01-01',
  grantedOn: '2018-01-01',
  lapsedOn,
  source: 's',
  criteria,
})

const population = (version: string, publishedOn: string, count: number) => ({
  countedOn: '2025-12-31',
  residents: count,
  version,
  publishedOn,
  source: 'yearbook',
})

describe('high-value inventions per 10,000 residents', () => {
  test('[S46] an invention counts once however many criteria it meets, while it is in force and one of them holds', async () => {
    await inTransaction(w.db, async (tx) => {
      await insertInventions(tx, [
        invention(1, [because('emerging-industry', '2018-01-01'), because('awarded', '2020-01-01')]),
        invention(2, []),
        invention(3, [because('long-maintained', '2026-11-22')]),
        invention(4, [because('pledged', '2024-01-01', '2026-11-22')]),
        invention(5, [because('overseas-family', '2018-01-01')], '2026-11-22'),
      ])
    })
    expect(await recordsBehind(w, 'high-value-per-10k', '2026-11-21', 'numerator')).toEqual([
      'ZL1',
      'ZL4',
      'ZL5',
    ])
    expect(await recordsBehind(w, 'high-value-per-10k', today, 'numerator')).toEqual(['ZL1', 'ZL3'])
  })

  test('[S46] [F084] is unknown without a population, divides by the version published by the day, and is met at equality', async () => {
    expect(await figure(w, 'high-value-per-10k', today)).toMatchObject({ value: null, met: null })
    const goal = w.zone.targets.find(({ code }) => code === 'high-value-per-10k')
    expect(goal?.operator).toBe('>=')
    const residents = (20_000 / (goal?.target ?? 1)) | 0
    await inTransaction(w.db, (tx) =>
      insertPopulations(tx, [
        population('preliminary', '2026-02-01', residents),
        population('census', today, residents * 2),
      ]),
    )
    expect(await value('high-value-per-10k', '2026-11-21')).toBeCloseTo((3 / residents) * 10_000, 9)
    expect(await value('high-value-per-10k')).toBeCloseTo((2 / (residents * 2)) * 10_000, 9)
    await expectToOpen(w, 'high-value-per-10k', today, { maskedForVisitors: false })
  })
})

const base = (code: string, more: object = {}) => ({
  code,
  name: code,
  level: 'national',
  recognisedOn: '2025-01-01',
  endedOn: null,
  evidenceHash: hash,
  source: 's',
  ...more,
})

const centre = (code: string, endsOn: string | null) => ({
  code,
  name: code,
  approvedOn: '2024-01-01',
  endsOn,
  source: 's',
})

test('[S41] [S45] bases need their approval, and centres count until they expire', async () => {
  await inTransaction(w.db, async (tx) => {
    await insertNavigationBases(tx, [
      base('n1'),
      base('n2', { evidenceHash: null }),
      base('n3', { level: 'provincial' }),
      base('n4'),
    ])
    await insertCultivationCentres(tx, [centre('c1', null), centre('c2', today)])
  })
  expect(await figure(w, 'navigation-bases', today)).toMatchObject({ value: 2, met: true })
  expect([await value('cultivation-centres', '2026-11-21'), await value('cultivation-centres')]).toEqual([
    2, 1,
  ])
})

const application = (serial: number, filedOn: string, applicantInZone: boolean, agencyId: string | null) => ({
  applicationNumber: `PCT/CN2026/${String(serial).padStart(6, '0')}`,
  filedOn,
  applicantId: firms[0] ?? '',
  applicantInZone,
  agencyId,
  source: 's',
})

test('[S47] PCT applications count by the address of the applicant, not by who filed them', async () => {
  const [agency] = await plantAgencies(w.db, [{}], w.zone.carriers[0]?.id ?? '')
  await inTransaction(w.db, (tx) =>
    insertPctApplications(tx, [
      ...Array.from({ length: 10 }, (_, index) => application(index, '2026-03-01', true, null)),
      application(90, '2026-03-01', false, agency?.id ?? null),
      application(91, '2025-12-31', true, null),
    ]),
  )
  expect(await value('pct-applications')).toBe(10)
  await expectToOpen(w, 'pct-applications', today, { maskedForVisitors: true })
})

test('[S43] the share of patented products is that of the firms that declared, and must rise', async () => {
  const declared = (index: number, year: number, product: number) => ({
    firmId: firms[index] ?? '',
    year,
    productSalesFen: product,
    totalSalesFen: 1_000,
    filedOn: `${year + 1}-04-01`,
    source: 's',
  })
  const both = firms.map((_, index) => index)
  await inTransaction(w.db, (tx) =>
    insertProductReturns(tx, [
      ...both.map((index) => declared(index, 2024, 300)),
      ...both.map((index) => declared(index, 2025, 301)),
    ]),
  )
  expect(await figure(w, 'ip-product-share', today)).toMatchObject({
    value: expect.closeTo(30.1, 9),
    met: true,
  })
  expect(await value('ip-product-share', '2025-11-22')).toBeCloseTo(30, 9)
  await expectToOpen(w, 'ip-product-share', today, { maskedForVisitors: true })
})
