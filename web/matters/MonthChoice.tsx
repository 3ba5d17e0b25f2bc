import { useToday } from './DraftSteps.tsx'
import { SelectField } from '../ui/fields.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { lastMonths } from './month.ts'
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
