import { expect, test } from 'vitest'
import { inTransaction } from '#platform/database.ts'
import { expectToOpen, figure } from '#testing/figures.ts'
import { plantFirms } from '#testing/parties.ts'
import { world } from '#testing/world.ts'
import { insertAbnormalFilings, insertComparators } from './store.ts'

const w = await world()
w.setToday('2026-11-22')
const rate = () => figure(w, 'abnormal-withdrawal-rate', '2026-11-22')

const province = (notified: number, withdrawn: number, publishedOn: string, periodFrom = '2026-01-01') => ({
  area: 'province',
  periodFrom,
  periodTo: '2026-10-01',
  notified,
  withdrawn,
  publishedOn,
  source: 'bulletin',
})

test('[S28] [F077] the rate counts the same filings above and below, and must exceed the province of the same year', async () => {
  const [applicantId] = (await plantFirms(w.db, 1)) as [string]
  const filing = (index: number, notifiedOn: string, withdrawnOn: string | null) => ({
    applicationNumber: `A${index}`,
    applicantId,
    notifiedOn,
    withdrawnOn,
    source: 's',
  })
  await inTransaction(w.db, (tx) =>
    insertAbnormalFilings(tx, [
      ...Array.from({ length: 30 }, (_, index) => filing(index, '2026-02-01', '2026-04-01')),
      ...Array.from({ length: 10 }, (_, index) => filing(100 + index, '2026-02-01', null)),
      filing(200, '2025-12-31', '2026-01-05'),
      filing(201, '2026-11-20', '2026-11-23'),
    ]),
  )
  const unknown = await rate()
  expect(unknown.parts.map(({ value }) => value)).toEqual([30, 41])
  expect(unknown).toMatchObject({ verdict: 'unknown', comparator: null })

  await inTransaction(w.db, (tx) =>
    insertComparators(tx, [province(100, 1, '2026-10-20', '2025-01-01'), province(100, 1, '2026-11-30')]),
  )
  expect((await rate()).comparator).toBeNull()
  await inTransaction(w.db, (tx) => insertComparators(tx, [province(41, 30, '2026-10-20')]))
  expect(await rate()).toMatchObject({ met: false, comparator: { period: '2026-01-01/2026-09-30' } })
  await inTransaction(w.db, (tx) => insertComparators(tx, [province(100, 73, '2026-11-01')]))
  expect((await rate()).met).toBe(true)
  await expectToOpen(w, 'abnormal-withdrawal-rate', '2026-11-22', { maskedForVisitors: true })
})
