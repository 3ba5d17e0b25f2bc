import { type FormEvent, useState } from 'react'
import { Button } from './Button.tsx'
import './DayForm.css'
import { DateField } from './fields.tsx'
import { isCalendarDate, normaliseDate } from './format.ts'
import { useOwnWords } from './words.ts'

interface DayFormProps {
  /** The day in the address; empty for today. */
  readonly day: string
  readonly onDay: (day: string) => void
}

/** Asks for the day to look at; an empty field is today. */
export function DayForm({ day, onDay }: DayFormProps) {
  const words = useOwnWords()
  const [draft, setDraft] = useState<string>()
  const [wrong, setWrong] = useState(false)
  const value = draft ?? day
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wanted = normaliseDate(value)
    const valid = wanted === '' || isCalendarDate(wanted)
    setWrong(!valid)
    if (!valid) return
    setDraft(undefined)
    onDay(wanted)
  }
  return (
    <form className="day-form" onSubmit={submit} noValidate>
      <DateField
        name="asOf"
        label={words.dayToLookAt}
        value={value}
        onChange={setDraft}
        error={wrong ? words.notADay : undefined}
      />
      <Button type="submit">{words.showDay}</Button>
    </form>
  )
}
