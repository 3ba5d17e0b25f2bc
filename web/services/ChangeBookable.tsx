import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { readSpans, spansText } from '../../src/services/duty.rules.ts'
import { clockOf, minutesOf } from '../../src/services/slot.rules.ts'
import { api } from '../app/api.ts'
import { Button } from '../ui/Button.tsx'
import type { FieldProblem } from '../ui/explain.ts'
import { DateField, TextField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import styles from './services.module.css'
import type { Calendar } from './StationCalendarPage.tsx'
import { type Text, useText } from './text.ts'

type Bookable = Calendar['bookables'][number]
type Hours = Bookable['hours']
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

const spansOf = (hours: Hours, weekday: number) =>
  spansText(
    hours
      .filter((one) => one.weekday === weekday)
      .map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) })),
  )

/** The hours of a week in one line, days with the same hours together: “Mon–Fri 09:00–17:30”. */
export function hoursText(hours: Hours, text: Text['bookings']['desk']): string {
  const byHours = Map.groupBy(
    WEEKDAYS.filter((weekday) => hours.some((one) => one.weekday === weekday)),
    (weekday) => spansOf(hours, weekday),
  )
  const parts = [...byHours].map(([spans, days]) => `${daysText(days, text)} ${spans}`)
  return parts.join(text.partComma) || text.noHours
}

function daysText(days: readonly (typeof WEEKDAYS)[number][], text: Text['bookings']['desk']): string {
  const [first, last] = [days[0], days.at(-1)]
  const runs =
    first !== undefined && last !== undefined && days.length > 2 && last - first + 1 === days.length
  return runs
    ? text.dayRange(text.weekday[first], text.weekday[last])
    : days.map((day) => text.weekday[day]).join(text.dayComma)
}

function useRefresh() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: api.services.bookings.key() })
}

interface Props {
  readonly bookable: Bookable
  /** Today in the zone: the earliest day from which anything may change. */
  readonly from: string
}

/** Other hours, another account, or the end of duty, for one person or room of a station. */
export function ChangeBookable(props: Props) {
  const { bookings } = useText()
  const { name, kind } = props.bookable
  return (
    <Section title={bookings.desk.changeOf(name)} layout="stacked">
      <div className={styles.changes}>
        <HoursForm {...props} />
        {kind === 'person' && <LinkForm {...props} />}
        <EndForm {...props} />
      </div>
    </Section>
  )
}

function HoursForm({ bookable, from: today }: Props) {
  const { bookings, errors } = useText()
  const text = bookings.desk
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(WEEKDAYS.map((weekday) => [`hours-${weekday}`, spansOf(bookable.hours, weekday)])),
  )
  const [from, setFrom] = useState(today)
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const refresh = useRefresh()
  const change = useMutation(api.services.bookings.setHours.mutationOptions({ onSettled: refresh }))
  const send = () => {
    const read = WEEKDAYS.map((weekday) => ({ weekday, spans: readSpans(typed[`hours-${weekday}`] ?? '') }))
    const found = [
      ...read.flatMap(({ weekday, spans }) =>
        spans === undefined ? [{ field: `hours-${weekday}`, message: text.unreadHours }] : [],
      ),
      ...(from === '' ? [{ field: 'hours-from', message: text.needDay }] : []),
    ]
    setProblems(found)
    if (found.length > 0) return
    const duties = read.flatMap(({ weekday, spans = [] }) =>
      spans.map((span) => ({ weekday, from: clockOf(span.from), to: clockOf(span.to) })),
    )
    change.mutate({ id: bookable.id, version: bookable.version, from, duties })
  }
  return (
    <Form
      label={text.hoursTitle}
      onSubmit={send}
      errors={problems}
      error={change.error}
      text={errors}
      actions={
        <Button type="submit" busy={change.isPending}>
          {text.saveHours}
        </Button>
      }
    >
      <h3>{text.hoursTitle}</h3>
      <p className={styles.note}>{text.hoursHint}</p>
      {change.data && <Passed passed={change.data} title={text.hoursSaved} />}
      {WEEKDAYS.map((weekday) => (
        <TextField
          key={weekday}
          name={`hours-${weekday}`}
          label={text.weekday[weekday]}
          required={false}
          maxLength={60}
          value={typed[`hours-${weekday}`] ?? ''}
          onChange={(value) => setTyped({ ...typed, [`hours-${weekday}`]: value })}
        />
      ))}
      <DateField name="hours-from" label={text.hoursFrom} value={from} onChange={setFrom} />
    </Form>
  )
}

function LinkForm({ bookable: { id, version, linkedTo } }: Props) {
  const { bookings, orders, errors } = useText()
  const text = bookings.desk
  const [email, setEmail] = useState('')
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const refresh = useRefresh()
  const link = useMutation(
    api.services.bookings.link.mutationOptions({ onSuccess: () => setEmail(''), onSettled: refresh }),
  )
  const send = () => {
    const found = email.trim() === '' ? [{ field: 'account-email', message: orders.act.required }] : []
    setProblems(found)
    if (found.length === 0) link.mutate({ id, version, email: email.trim() })
  }
  return (
    <Form
      label={text.linkTitle}
      onSubmit={send}
      errors={problems}
      error={link.error}
      text={errors}
      actions={
        <>
          <Button type="submit" busy={link.isPending}>
            {text.linkNow}
          </Button>
          {linkedTo !== null && (
            <Button
              kind="quiet"
              busy={link.isPending}
              onClick={() => link.mutate({ id, version, email: null })}
            >
              {text.unlink}
            </Button>
          )}
        </>
      }
    >
      <h3>{text.linkTitle}</h3>
      <p className={styles.note}>{linkedTo === null ? text.linkHint : text.linkedTo(linkedTo)}</p>
      {link.data && (
        <Notice
          tone="met"
          title={link.data.linkedTo === null ? text.unlinked : text.linkedTo(link.data.linkedTo)}
          live
        />
      )}
      <TextField
        name="account-email"
        label={text.email}
        type="email"
        maxLength={200}
        value={email}
        onChange={setEmail}
      />
    </Form>
  )
}

function EndForm({ bookable: { id, version, name, lastDay: ends }, from: today }: Props) {
  const { bookings, orders, errors } = useText()
  const text = bookings.desk
  const [lastDay, setLastDay] = useState(today)
  const [reason, setReason] = useState('')
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const refresh = useRefresh()
  const end = useMutation(api.services.bookings.end.mutationOptions({ onSettled: refresh }))
  const send = () => {
    const found = [
      ...(lastDay === '' ? [{ field: 'end-day', message: text.needDay }] : []),
      ...(reason.trim().length < 2 ? [{ field: 'end-reason', message: orders.act.required }] : []),
    ]
    setProblems(found)
    if (found.length === 0) end.mutate({ id, version, lastDay, reason })
  }
  return (
    <Form
      label={text.endTitle}
      onSubmit={send}
      errors={problems}
      error={end.error}
      text={errors}
      actions={
        <Button type="submit" busy={end.isPending}>
          {text.endNow(name)}
        </Button>
      }
    >
      <h3>{text.endTitle}</h3>
      <p className={styles.note}>{ends === null ? text.endHint : text.until(ends)}</p>
      {end.data && <Passed passed={end.data} title={text.ended} />}
      <DateField name="end-day" label={text.endDay} value={lastDay} onChange={setLastDay} />
      <TextField name="end-reason" label={text.reason} maxLength={200} value={reason} onChange={setReason} />
    </Form>
  )
}

interface PassedProps {
  readonly passed: { readonly reassigned: readonly string[]; readonly freed: readonly string[] }
  readonly title: string
}

function Passed({ passed: { reassigned, freed }, title }: PassedProps) {
  const { bookings } = useText()
  const moved = reassigned.length + freed.length > 0
  return (
    <Notice tone="met" title={title} live>
      {moved && bookings.desk.passed(reassigned.length, freed.length)}
    </Notice>
  )
}
