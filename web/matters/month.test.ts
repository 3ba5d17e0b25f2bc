import { expect, test } from 'vitest'
import { lastMonths } from './month.ts'

test.for([
  ['2026-02', 3, ['2026-02', '2026-01', '2025-12']],
  ['2026-12', 1, ['2026-12']],
  ['2026-01', 2, ['2026-01', '2025-12']],
] as const)('the months before %s, %d of them', ([newest, count, months]) => {
  expect(lastMonths(newest, count)).toEqual(months)
})
