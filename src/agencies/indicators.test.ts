import { beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#platform/database.ts'
import { expectToOpen, figure, recordsBehind } from '#testing/figures.ts'
import { world } from '#testing/world.ts'
import { insertBrands, insertReturns } from './bulk.store.ts'
import { noAnswers, plantAgencies, type Planted } from './register.fixture.ts'
import { thresholdOn } from './threshold.rules.ts'

const w = await world()
w.setToday('2026-11-22')
const carrier = w.zone.carriers[0]?.id ?? ''
const today = '2026-11-22'
const scale = thresholdOn(w.zone.thresholds, 'above-scale', today as never)?.value ?? Number.NaN
let agencies: Planted[]

const annual = (
  agency: Planted | undefined,
  year: number,
  revenueFen: number,
  filedOn = `${year + 1}-03-15`,
) => ({
  agencyId: agency?.id ?? '',
  periodFrom: `${year}-01-01`,
  periodTo: `${year + 1}-01-01`,
  revenueFen,
  headcount: 20,
  filedOn,
  source: 'annual return',
})

beforeAll(async () => {
  agencies = await plantAgencies(
    w.db,
    Array.from({ length: 100 }, () => ({ movedIn: '2024-06-01' })),
    carrier,
  )
})

describe('[S20] agencies', () => {
  test('[F084] [S20] at exactly 100 the goal of more than 100 is not met; the 101st meets it', async () => {
    const target = w.zone.targets.find(({ code }) => code === 'agencies')
    expect(target).toMatchObject({ operator: '>', target: 100 })
    expect(await figure(w, 'agencies', today)).toMatchObject({ value: 100, met: false })
    await plantAgencies(w.db, [{ movedIn: '2026-11-22' }], carrier)
    expect(await figure(w, 'agencies', today)).toMatchObject({ value: 101, met: true })
    expect(await figure(w, 'agencies', '2026-11-21')).toMatchObject({ value: 100, met: false })
  })

  test('[F085] [F010] opens to the agencies of the day, for every reader, and each to its page', async () => {
    await expectToOpen(w, 'agencies', today, { maskedForVisitors: false })
    const listed = (await w.as('visitor').get(`/api/v1/agencies?limit=200`)).body.items.map(
      ({ code }: { code: string }) => code,
    )
    expect((await recordsBehind(w, 'agencies', today)).sort()).toEqual(listed.sort())
  })

  test('[F019] [S20] two entries of one organisation, once merged, are one agency in the list and in the figure', async () => {
    const [one, other] = await plantAgencies(w.db, [{}, {}], carrier)
    const before = (await figure(w, 'agencies', today)).value ?? 0
    await inTransaction(w.db, (tx) =>
      tx
        .insertInto('partyMerge')
        .values({
          survivorId: one?.partyId ?? '',
          absorbedId: other?.partyId ?? '',
          reason: 'same',
          evidence: '{}',
          mergedBy: 'test',
        })
        .execute(),
    )
    expect((await figure(w, 'agencies', today)).value).toBe(before - 1)
    expect((await w.as('visitor').get('/api/v1/agencies')).body.total).toBe(before - 1)
  })
})

describe('[S21] [S23] [S108] what agencies report', () => {
  beforeAll(async () => {
    await inTransaction(w.db, async (tx) => {
      await insertReturns(tx, [
        ...agencies.slice(0, 12).map((agency) => annual(agency, 2025, scale)),
        annual(agencies[12], 2025, scale - 1),
        ...agencies.slice(0, 12).map((agency) => annual(agency, 2024, scale / 2)),
        annual(agencies[13], 2023, scale * 9, '2026-05-01'),
      ])
    })
  })

  test('[S21] an agency at the threshold counts, one fen below does not, and the figure opens', async () => {
    expect(await figure(w, 'above-scale-agencies', today)).toMatchObject({ value: 12, met: true })
    expect((await figure(w, 'above-scale-agencies', '2026-03-14')).value).toBe(0)
    await expectToOpen(w, 'above-scale-agencies', today, { maskedForVisitors: true })
  })

  test('[S23] revenue counts in the year in which it was filed; a return years late lifts no figure', async () => {
    expect((await figure(w, 'service-revenue', today)).value).toBe(12 * scale + (scale - 1))
    expect((await figure(w, 'service-revenue', '2025-11-22')).value).toBe(6 * scale)
    expect((await figure(w, 'service-revenue', '2026-03-14')).value).toBeNull()
  })

  test('[S23] a revision replaces the return it revises; an agency that has left no longer counts', async () => {
    const before = (await figure(w, 'service-revenue', today)).value ?? 0
    const { status } = await w.as('statistician').post(`/api/v1/agencies/${agencies[0]?.code}/returns`, {
      source: 'revision',
      periodFrom: '2025-01-01',
      periodTo: '2026-01-01',
      revenueFen: scale + 500,
      headcount: 20,
      answers: noAnswers(w.zone),
      cause: 'typing error',
    })
    expect(status).toBe(201)
    expect((await figure(w, 'service-revenue', today)).value).toBe(before + 500)
    await w.as('officer').post(`/api/v1/agencies/${agencies[0]?.code}/moves`, {
      source: 'lease',
      observedOn: today,
      on: today,
      reason: 'left',
      move: { kind: 'out' },
    })
    expect((await figure(w, 'service-revenue', today)).value).toBe(before - scale)
  })

  test('[S108] growth compares the same days of two years and opens both', async () => {
    const { value, parts } = await figure(w, 'revenue-growth-gdp', today)
    const [now, then] = parts.map((part) => part.value ?? 0)
    expect(parts.map(({ part }) => part)).toEqual(['records', 'previous'])
    expect(value).toBeCloseTo((((now ?? 0) - (then ?? 0)) / (then ?? 1)) * 100, 6)
    expect(await recordsBehind(w, 'revenue-growth-gdp', today, 'previous')).toHaveLength(12)
  })

  test('[S23] [S64] one agency\u2019s revenue cannot be read off the total', async () => {
    await inTransaction(w.db, (tx) => insertReturns(tx, [annual(agencies[20], 2025, scale * 1000)]))
    const { body } = await w.as('visitor').get(`/api/v1/indicators/service-revenue?asOf=${today}`)
    expect(body).toMatchObject({ value: null, suppressed: 'dominated' })
  })
})

describe('[S50] brands and branches', () => {
  test('[S50] count each agency once while the award lasts and the agency is in the zone', async () => {
    await inTransaction(w.db, (tx) =>
      insertBrands(tx, [
        {
          agencyId: agencies[1]?.id ?? '',
          kind: 'brand',
          title: 'A',
          criteria: 'c',
          awardedOn: '2026-01-01',
          source: 's',
          endedOn: null,
          endReason: null,
        },
        {
          agencyId: agencies[1]?.id ?? '',
          kind: 'branch',
          title: 'B',
          criteria: 'c',
          awardedOn: '2026-01-01',
          source: 's',
          endedOn: null,
          endReason: null,
        },
        {
          agencyId: agencies[2]?.id ?? '',
          kind: 'brand',
          title: 'C',
          criteria: 'c',
          awardedOn: '2026-01-01',
          source: 's',
          endedOn: '2026-11-22',
          endReason: 'withdrawn',
        },
        {
          agencyId: agencies[0]?.id ?? '',
          kind: 'brand',
          title: 'D',
          criteria: 'c',
          awardedOn: '2026-01-01',
          source: 's',
          endedOn: null,
          endReason: null,
        },
      ]),
    )
    expect((await figure(w, 'brands', '2026-11-21')).value).toBe(3)
    expect((await figure(w, 'brands', today)).value).toBe(1)
    await expectToOpen(w, 'brands', today, { maskedForVisitors: false })
  })
})
