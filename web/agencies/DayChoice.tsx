import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { DateField } from '../ui/fields.tsx'
import { formatNumber, isCalendarDate } from '../ui/format.ts'
import { Notice } from '../ui/Notice.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { useDaysAsked, useText, useToday } from './queries.ts'
import styles from './agencies.module.css'

/** The day one looks at. Half a date is not asked yet; a day ahead is refused beside the field, not by an error page. */
export function DayChoice() {
  const text = useText()
  const search = useSearchState()
  const today = useToday()
  const asked = useDaysAsked().asOf ?? today
  const [draft, setDraft] = useState(asked)
  const [shown, setShown] = useState(asked)
  if (shown !== asked) {
    // Back and "today" change the address under the field: then the address is right.
    setShown(asked)
    setDraft(asked)
  }
  const ahead = isCalendarDate(draft) && draft > today
  return (
    <div className={styles.day}>
      <DateField
        name="asOf"
        label={text.day.label}
        value={draft}
        error={ahead ? text.day.ahead(today) : undefined}
        onChange={(day) => {
          setDraft(day)
          if (isCalendarDate(day) && day <= today)
            search.set({ asOf: day === today ? undefined : day, knownOn: undefined })
        }}
      />
    </div>
  )
}

/** Says that this is a past day, by what knowledge, and the way back. */
export function PastDay({ count }: { readonly count?: number | undefined }) {
  const text = useText()
  const search = useSearchState()
  const { asOf, knownOn } = useDaysAsked()
  if (asOf === undefined) return null
  return (
    <Notice
      title={count === undefined ? asOf : text.day.past(asOf, formatNumber(count))}
      actions={
        <>
          <Button onClick={() => search.set({ asOf: undefined, knownOn: undefined })}>
            {text.day.today}
          </Button>
          <Button
            kind="quiet"
            onClick={() => search.set({ knownOn: knownOn === undefined ? asOf : undefined })}
          >
            {knownOn === undefined ? text.day.asThen : text.day.asNow}
          </Button>
          <TextLink href={`/indicators/agencies?asOf=${asOf}`}>{text.day.figure}</TextLink>
        </>
      }
    >
      {knownOn === undefined ? text.day.pastNote : text.day.knownNote(knownOn)}
    </Notice>
  )
}
