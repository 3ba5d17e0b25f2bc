import { useToday } from './DraftSteps.tsx'
import { SelectField } from '../ui/fields.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { useText } from './text.ts'

const SHOWN = 12

/** The months one may look back to, newest first. */
export function MonthChoice({ month }: { readonly month: string }) {
  const text = useText()
  const search = useSearchState()
  const today = useToday()
  const months = lastMonths(today.slice(0, 7), SHOWN)
  return (
    <SelectField
      name="month"
      label={text.station.month}
      options={(months.includes(month) ? months : [...months, month]).map((value) => ({
        value,
        label: value,
      }))}
      value={month}
      onChange={(value) => search.set({ month: value })}
    />
  )
}

/** `2026-02`, 3 → 2026-02, 2026-01, 2025-12. */
export function lastMonths(newest: string, count: number): readonly string[] {
  const [year = 0, month = 1] = newest.split('-').map(Number)
  return Array.from({ length: count }, (_, back) => {
    const at = year * 12 + month - 1 - back
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}
