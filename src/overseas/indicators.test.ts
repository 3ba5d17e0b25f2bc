import { expect, test } from 'vitest'
import { inTransaction } from '#platform/database.ts'
import { expectToOpen, recordsBehind } from '#testing/figures.ts'
import { world } from '#testing/world.ts'
import { insertWorksiteReports, insertWorksites } from './store.ts'

const w = await world()
w.setToday('2026-11-22')

test('[S54] a worksite counts while it is open and has reported within a year', async () => {
  const ids = Array.from({ length: 4 }, (_, index) => `00000000-0000-7000-8000-00000000000${index}`)
  const worksite = (index: number, more: object = {}) => ({
    id: ids[index] ?? '',
    code: `w${index}`,
    name: `Worksite ${index}`,
    kind: 'worksite' as const,
    country: 'KR',
    city: 'Seoul',
    openedOn: '2024-01-01',
    closedOn: null,
    source: 's',
    ...more,
  })
  const report = (index: number, reportedOn: string) => ({
    worksiteId: ids[index] ?? '',
    periodFrom: '2025-01-01',
    periodTo: '2026-01-01',
    consultations: 3,
    guidedCases: 1,
    reportedOn,
    source: 's',
  })
  await inTransaction(w.db, async (tx) => {
    await insertWorksites(tx, [
      worksite(0),
      worksite(1),
      worksite(2, { closedOn: '2026-11-22' }),
      worksite(3),
    ])
    await insertWorksiteReports(tx, [
      report(0, '2026-01-10'),
      report(1, '2025-11-22'),
      report(2, '2026-01-10'),
    ])
  })
  expect(await recordsBehind(w, 'overseas-worksites', '2026-11-21')).toEqual(['w0', 'w1', 'w2'])
  expect(await recordsBehind(w, 'overseas-worksites', '2026-11-22')).toEqual(['w0'])
  await expectToOpen(w, 'overseas-worksites', '2026-11-22', { maskedForVisitors: false })
})
