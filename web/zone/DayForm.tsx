import { type FormEvent, useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { DateField } from '../ui/fields.tsx'
import { isCalendarDate, normaliseDate } from '../ui/format.ts'
import { useText } from './text.ts'
import styles from './zone.module.css'

interface DayFormProps {
  /** The day in the address; empty for today. */
  readonly day: string
  readonly onDay: (day: string) => void
}

/** Asks for the day to look at; an empty field is today. */
export function DayForm({ day, onDay }: DayFormProps) {
  const text = useText()
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
    <form className={styles.dayForm} onSubmit={submit} noValidate>
      <DateField
        name="asOf"
        label={text.spaces.day}
        value={value}
        onChange={setDraft}
        error={wrong ? text.spaces.dayWrong : undefined}
      />
      <Button type="submit">{text.spaces.show}</Button>
    </form>
  )
}
