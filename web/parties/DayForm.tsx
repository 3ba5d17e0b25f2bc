import { type FormEvent, useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { DateField } from '../ui/fields.tsx'
import { isCalendarDate, normaliseDate } from '../ui/format.ts'
import { useText } from './text.ts'
import styles from './parties.module.css'

interface DayFormProps {
  readonly day: string
  readonly onDay: (day: string) => void
}

/** Asks for the day to look at; an empty field is today. */
export function DayForm({ day, onDay }: DayFormProps) {
  const text = useText()
  const [draft, setDraft] = useState<string>()
  const [wrong, setWrong] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wanted = normaliseDate(draft ?? day)
    const known = wanted === '' || isCalendarDate(wanted)
    setWrong(!known)
    if (!known) return
    setDraft(undefined)
    onDay(wanted)
  }
  return (
    <form className={styles.dayForm} onSubmit={submit} noValidate>
      <DateField
        name="asOf"
        label={text.day}
        value={draft ?? day}
        onChange={setDraft}
        error={wrong ? text.dayWrong : undefined}
      />
      <Button type="submit">{text.show}</Button>
    </form>
  )
}
