import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client } from '../app/api.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { SelectField } from '../ui/fields.tsx'
import { isCalendarDate, weekdayName } from '../ui/format.ts'
import { either, language } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { Empty } from '../ui/states.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { RecordText } from '../ui/values.tsx'
import { ChangeBookable, hoursText } from './ChangeBookable.tsx'
import { AbsenceForm, AddBookableForm } from './StationForms.tsx'
import { BOOKING_TONES } from './BookingsPage.tsx'
import { shiftDay } from './days.ts'
import styles from './services.module.css'
import { useText } from './text.ts'

export type Calendar = Awaited<ReturnType<typeof client.services.bookings.calendar>>
type Booked = Calendar['bookings'][number]

/** A week of a station: who comes, who has how many, who is away. */
export function StationCalendarPage() {
  const { bookings, errors } = useText()
  const text = bookings.desk
  const search = useSearchState()
  const [station, from] = [search.text('station'), search.text('from')]
  const calendar = useQuery({
    ...api.services.bookings.calendar.queryOptions({
      input: { ...(station && { station }), ...(isCalendarDate(from) && { from }) },
    }),
    placeholderData: (before: Calendar | undefined) => before,
  })
  return (
    <Page title={text.title} lede={text.lede} width="full">
      <Loaded query={calendar} text={errors}>
        {(found) =>
          found.station === null ? (
            <Empty title={text.noPost}>{text.noPostNext}</Empty>
          ) : (
            <>
              <div className={styles.week}>
                {found.stations.length > 1 && (
                  <SelectField
                    name="station"
                    label={bookings.station}
                    value={found.station}
                    onChange={(value) => search.set({ station: value })}
                    options={found.stations.map(({ code, names }) => ({ value: code, label: either(names) }))}
                  />
                )}
                <p>
                  <Button onClick={() => search.set({ from: shiftDay(found.from, -7) })}>
                    {text.before}
                  </Button>{' '}
                  <strong>{text.week(found.from, found.to)}</strong>{' '}
                  <Button onClick={() => search.set({ from: shiftDay(found.from, 7) })}>{text.after}</Button>
                </p>
              </div>
              <Week calendar={found} />
              <Section title={text.people} layout="stacked">
                <People calendar={found} />
              </Section>
              <Section title={text.absent} layout="stacked">
                <AbsenceForm calendar={found} />
              </Section>
              <Section title={text.add} layout="stacked">
                <AddBookableForm station={found.station} calendar={found} />
              </Section>
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function Week({ calendar }: { readonly calendar: Calendar }) {
  const { bookings } = useText()
  const text = bookings.desk
  return (
    <DataTable
      caption={text.title}
      rows={calendar.bookings}
      rowKey={({ number }) => number}
      empty={{ title: text.none }}
      columns={[
        {
          name: 'time',
          header: text.time,
          cell: ({ day, from, to, number }) => (
            <TextLink href={`/bookings/${number}`}>
              {day} {weekdayName(day, language)} {from}–{to}
            </TextLink>
          ),
        },
        { name: 'with', header: text.with, cell: (one) => <RecordText>{one.with}</RecordText> },
        { name: 'subject', header: text.subject, cell: ({ subject }) => either(subject.names) },
        {
          name: 'visitor',
          header: text.visitor,
          cell: ({ bookedBy }) => <RecordText>{bookedBy}</RecordText>,
        },
        {
          name: 'state',
          header: text.state,
          cell: ({ state }) => <Badge tone={BOOKING_TONES[state]}>{bookings.states[state]}</Badge>,
        },
        { name: 'act', header: text.act, cell: (booking) => <Came booking={booking} /> },
      ]}
    />
  )
}

function Came({ booking }: { readonly booking: Booked }) {
  const { bookings, errors } = useText()
  const text = bookings.desk
  const queries = useQueryClient()
  const announce = useAnnounce()
  const settle = useMutation(
    api.services.bookings.settle.mutationOptions({
      onSuccess: ({ state }) => announce(bookings.states[state]),
      onSettled: () => queries.invalidateQueries({ queryKey: api.services.bookings.key() }),
    }),
  )
  const { number, version, state } = booking
  if (state !== 'held') return null
  const note = (outcome: 'kept' | 'missed') => settle.mutate({ number, version, outcome })
  return (
    <>
      <Button
        kind="quiet"
        busy={settle.isPending}
        aria-label={text.keptOf(number)}
        onClick={() => note('kept')}
      >
        {text.kept}
      </Button>{' '}
      <Button
        kind="quiet"
        busy={settle.isPending}
        aria-label={text.missedOf(number)}
        onClick={() => note('missed')}
      >
        {text.missed}
      </Button>
      <ErrorSummary error={settle.error} text={errors} />
    </>
  )
}

function People({ calendar }: { readonly calendar: Calendar }) {
  const { bookings } = useText()
  const text = bookings.desk
  const [changing, setChanging] = useState<string>()
  const chosen = calendar.bookables.find(({ id }) => id === changing)
  return (
    <>
      <DataTable
        caption={text.peopleTable}
        rows={calendar.bookables}
        rowKey={({ id }) => id}
        empty={{ title: bookings.noStations, next: bookings.noStationsNext }}
        columns={[
          { name: 'name', header: text.name, cell: ({ name }) => <RecordText>{name}</RecordText> },
          {
            name: 'skills',
            header: text.skills,
            cell: ({ kind, seats, skills, languages }) =>
              kind === 'room'
                ? text.seats(seats ?? 0)
                : [
                    ...skills.map((skill) => nameOf(skill, calendar)),
                    ...languages.map((one) => bookings.languages[one === 'en' ? 'en' : 'zh']),
                  ].join(' · '),
          },
          {
            name: 'hours',
            header: text.hours,
            cell: ({ hours, changesOn, lastDay }) => (
              <>
                {hoursText(hours, text)}
                {lastDay !== null && <Badge tone="risk">{text.until(lastDay)}</Badge>}
                {lastDay === null && changesOn !== null && (
                  <Badge tone="info">{text.changes(changesOn)}</Badge>
                )}
              </>
            ),
          },
          {
            name: 'account',
            header: text.account,
            cell: ({ linkedTo }) => (linkedTo === null ? '—' : <RecordText>{linkedTo}</RecordText>),
          },
          { name: 'turns', header: text.turns, numeric: true, cell: ({ turns }) => turns },
          {
            name: 'away',
            header: text.away,
            cell: ({ absences }) =>
              absences.map(({ firstDay, lastDay }) => text.awayDays(firstDay, lastDay)).join('; ') || '—',
          },
          {
            name: 'change',
            header: text.change,
            cell: ({ id, name }) => (
              <Button
                kind="quiet"
                aria-label={text.changeOf(name)}
                aria-expanded={changing === id}
                onClick={() => setChanging(changing === id ? undefined : id)}
              >
                {text.change}
              </Button>
            ),
          },
        ]}
      />
      {chosen && <ChangeBookable key={chosen.id} bookable={chosen} from={calendar.today} />}
    </>
  )
}

/** A skill as the subject for which it is needed; one that no subject needs keeps its code. */
function nameOf(skill: string, { subjects }: Calendar): string {
  const found = subjects.find((one) => one.skill === skill)
  return found === undefined ? skill : either(found.names)
}
