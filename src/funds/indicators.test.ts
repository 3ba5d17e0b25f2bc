import { expect, test } from 'vitest'
import { inTransaction } from '#platform/database.ts'
import { expectToOpen, figure } from '#testing/figures.ts'
import { world } from '#testing/world.ts'
import { insertBudgetLines } from './store.ts'

const w = await world()
w.setToday('2026-11-22')
const line = (year: number, code: string, plannedFen: number, approvedOn = `${year}-02-01`) => ({
  year,
  code,
  title: code,
  plannedFen,
  paidFen: 0,
  approvedOn,
  source: 'budget',
})

test('[S34] the planned lines of a year are compared with the year before: equal is not a rise', async () => {
  await inTransaction(w.db, (tx) =>
    insertBudgetLines(tx, [line(2025, 'a', 600), line(2025, 'b', 400), line(2026, 'a', 1000)]),
  )
  expect(await figure(w, 'fund-budget', '2026-11-22')).toMatchObject({ value: 1000, met: false })
  await inTransaction(w.db, (tx) =>
    insertBudgetLines(tx, [line(2026, 'b', 1, '2026-11-22'), line(2026, 'a', 9_999)]),
  )
  expect(await figure(w, 'fund-budget', '2026-11-22')).toMatchObject({ value: 1001, met: true })
  expect(await figure(w, 'fund-budget', '2026-11-21')).toMatchObject({ value: 1000, met: false })
  await expectToOpen(w, 'fund-budget', '2026-11-22', { maskedForVisitors: false })
})
