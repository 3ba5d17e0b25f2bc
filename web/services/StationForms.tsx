import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { Button } from '../ui/Button.tsx'
import { CheckboxGroup, RadioGroup } from '../ui/choices.tsx'
import type { FieldProblem } from '../ui/explain.ts'
import { DateField, NumberField, SelectField, TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Notice } from '../ui/Notice.tsx'
import type { Calendar } from './StationCalendarPage.tsx'
import { useText } from './text.ts'

const NOBODY = { bookableId: '', firstDay: '', lastDay: '', reason: '' }

function useRefresh() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: api.services.bookings.key() })
}

function missingIn(draft: Readonly<Record<string, string>>, message: string): FieldProblem[] {
  return Object.entries(draft)
    .filter(([, value]) => value.trim() === '')
    .map(([field]) => ({ field, message }))
}

/** Somebody will be away: said what became of their bookings. */
export function AbsenceForm({ calendar }: { readonly calendar: Calendar }) {
  const { bookings, orders, errors } = useText()
  const text = bookings.desk
  const [draft, setDraft] = useState(NOBODY)
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const refresh = useRefresh()
  const record = useMutation(
    api.services.bookings.absent.mutationOptions({ onSuccess: () => setDraft(NOBODY), onSettled: refresh }),
  )
  const send = () => {
    const missing = missingIn(draft, orders.act.required)
    setProblems(missing)
    if (missing.length === 0) record.mutate(draft)
  }
  const set = (part: Partial<typeof NOBODY>) => setDraft({ ...draft, ...part })
  return (
    <Form
      label={text.absent}
      onSubmit={send}
      errors={problems}
      error={record.error}
      text={errors}
      actions={
        <Button type="submit" busy={record.isPending}>
          {text.record}
        </Button>
      }
    >
      {record.data && (
        <Notice
          tone="met"
          title={text.recorded(record.data.reassigned.length, record.data.freed.length)}
          live
        />
      )}
      <SelectField
        name="bookableId"
        label={text.absentWho}
        value={draft.bookableId}
        onChange={(bookableId) => set({ bookableId })}
        options={calendar.bookables.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <DateField
        name="firstDay"
        label={text.firstDay}
        value={draft.firstDay}
        onChange={(firstDay) => set({ firstDay })}
      />
      <DateField
        name="lastDay"
        label={text.lastDay}
        value={draft.lastDay}
        onChange={(lastDay) => set({ lastDay })}
      />
      <TextField
        name="reason"
        label={text.reason}
        maxLength={200}
        value={draft.reason}
        onChange={(reason) => set({ reason })}
      />
    </Form>
  )
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
const NEW = {
  kind: 'person' as 'person' | 'room',
  name: '',
  skills: [] as readonly string[],
  languages: ['zh'] as readonly string[],
  weekdays: ['1', '2', '3', '4', '5'] as readonly string[],
  from: '09:00',
  to: '17:30',
}

/** Puts a person on duty, or a room, on the list of those that can be booked. */
export function AddBookableForm({
  station,
  calendar,
}: {
  readonly station: string
  readonly calendar: Calendar
}) {
  const { bookings, orders, errors } = useText()
  const text = bookings.desk
  const [draft, setDraft] = useState(NEW)
  const [seats, setSeats] = useState<number | undefined>(6)
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const refresh = useRefresh()
  const add = useMutation(
    api.services.bookings.add.mutationOptions({ onSuccess: () => setDraft(NEW), onSettled: refresh }),
  )
  const set = (part: Partial<typeof NEW>) => setDraft({ ...draft, ...part })
  const { kind, name, skills, languages, weekdays, from, to } = draft
  const person = kind === 'person'
  const send = () => {
    const none = (field: string, values: readonly string[]) =>
      values.length === 0 ? [{ field, message: orders.act.required }] : []
    const found = [
      ...missingIn({ name, from, to }, orders.act.required),
      ...none('weekdays', weekdays),
      ...(person ? [...none('skills', skills), ...none('bookableLanguages', languages)] : []),
    ]
    setProblems(found)
    if (found.length > 0) return
    add.mutate({
      station,
      kind,
      name,
      ...(person
        ? {
            skills: [...skills],
            languages: languages.map((one) => (one === 'en' ? ('en' as const) : ('zh' as const))),
          }
        : { seats: seats ?? 1 }),
      duties: weekdays.map((one) => ({ weekday: Number(one), from, to })),
    })
  }
  const skilled = calendar.subjects.flatMap(({ skill, names }) =>
    skill === null ? [] : [{ value: skill, label: either(names) }],
  )
  return (
    <Form
      label={text.add}
      onSubmit={send}
      errors={problems}
      error={add.error}
      text={errors}
      actions={
        <Button type="submit" busy={add.isPending}>
          {text.addNow}
        </Button>
      }
    >
      {add.isSuccess && <Notice tone="met" title={text.added} live />}
      <RadioGroup
        name="kind"
        label={text.kind}
        inline
        value={kind}
        onChange={(value) => set({ kind: value === 'room' ? 'room' : 'person' })}
        options={(['person', 'room'] as const).map((value) => ({ value, label: text.kinds[value] }))}
      />
      <TextField
        name="name"
        label={text.name}
        maxLength={60}
        value={name}
        onChange={(value) => set({ name: value })}
      />
      {person ? (
        <>
          <CheckboxGroup
            name="skills"
            label={text.skills}
            value={skills}
            onChange={(value) => set({ skills: value })}
            options={skilled}
          />
          <CheckboxGroup
            name="bookableLanguages"
            label={text.languages}
            inline
            value={languages}
            onChange={(value) => set({ languages: value })}
            options={(['zh', 'en'] as const).map((value) => ({ value, label: bookings.languages[value] }))}
          />
        </>
      ) : (
        <NumberField name="seats" label={text.seatsLabel} value={seats} onChange={setSeats} />
      )}
      <CheckboxGroup
        name="weekdays"
        label={text.weekdays}
        inline
        value={weekdays}
        onChange={(value) => set({ weekdays: value })}
        options={WEEKDAYS.map((value) => ({ value: String(value), label: text.weekday[value] }))}
      />
      <TextField
        name="from"
        label={text.from}
        maxLength={5}
        value={from}
        onChange={(value) => set({ from: value })}
      />
      <TextField
        name="to"
        label={text.to}
        maxLength={5}
        value={to}
        onChange={(value) => set({ to: value })}
      />
    </Form>
  )
}
