import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useContext, useState } from 'react'
import { api, type client } from '../app/api.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { Facts } from '../ui/Facts.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { NavigationContext, TextLink } from '../ui/TextLink.tsx'
import { Timeline } from '../ui/Timeline.tsx'
import { DateText, RecordText } from '../ui/values.tsx'
import { BOOKING_TONES } from './BookingsPage.tsx'
import styles from './services.module.css'
import { SlotPicker } from './SlotPicker.tsx'
import { type Text, useText } from './text.ts'

type Booking = Awaited<ReturnType<typeof client.services.bookings.get>>
type Decision = Booking['decision']

/** One booking: when, with whom, why that person, what one may do now, and what happened. */
export function BookingPage() {
  const { bookings: text, errors } = useText()
  const number = usePathParameter('number')
  const booking = useQuery(api.services.bookings.get.queryOptions({ input: { number } }))
  const { data } = booking
  return (
    <Page
      title={data ? text.chosen(data.day, data.from, data.to) : number}
      eyebrow={data ? `${either(data.subject.names)} · ${number}` : number}
      crumbs={[{ text: text.title, href: '/bookings' }]}
      width="prose"
      {...(data && { badges: <Badge tone={BOOKING_TONES[data.state]}>{text.states[data.state]}</Badge> })}
    >
      <Loaded query={booking} text={errors}>
        {(found) => (
          <>
            <About booking={found} />
            <Why booking={found} />
            {found.mine && found.state === 'held' && <Change booking={found} />}
            <Section title={text.history} layout="stacked">
              <Timeline
                label={text.history}
                entries={found.events.toReversed().map(({ id, kind, at, by, reason, before }) => ({
                  key: id,
                  at,
                  title: text.events[kind],
                  by,
                  tone: kind === 'freed' ? 'late' : 'neutral',
                  detail: (
                    <>
                      {before !== null && <p>{text.before(before)}</p>}
                      {reason !== null && (
                        <p>
                          <RecordText>{reason}</RecordText>
                        </p>
                      )}
                    </>
                  ),
                }))}
              />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function About({ booking }: { readonly booking: Booking }) {
  const { bookings: text } = useText()
  const { station, day, from, to, note, replaces } = booking
  return (
    <Section title={text.facts} layout="stacked">
      <Facts
        label={text.facts}
        rows={[
          { label: text.when, value: text.chosen(day, from, to) },
          {
            label: text.station,
            value: <TextLink href={`/stations/${station.code}`}>{either(station.names)}</TextLink>,
          },
          { label: text.subject, value: either(booking.subject.names) },
          { label: text.who, value: <RecordText>{booking.with}</RecordText> },
          ...(note === null ? [] : [{ label: text.note, value: <RecordText>{note}</RecordText> }]),
        ]}
      />
      {replaces !== null && (
        <p className={styles.note}>
          {text.replaces}
          <TextLink href={`/bookings/${replaces}`}>{replaces}</TextLink>
        </p>
      )}
    </Section>
  )
}

/** The reason in one sentence; the people considered with their counts beneath it. */
function Why({ booking }: { readonly booking: Booking }) {
  const { bookings: text } = useText()
  const { decision, kind } = booking
  return (
    <Section title={kind === 'person' ? text.why : text.whyRoom} layout="stacked">
      <p>
        <strong>{reasonOf(decision, text)}</strong>
      </p>
      <DataTable
        caption={text.candidates}
        rows={inTurn(decision)}
        rowKey={({ id }) => id}
        columns={[
          { name: 'who', header: text.candidate, cell: ({ name }) => <RecordText>{name}</RecordText> },
          {
            name: 'count',
            header: text.count(decision.rollingDays),
            numeric: true,
            cell: ({ count }) => count,
          },
          {
            name: 'last',
            header: text.last,
            cell: ({ lastAt }) => (lastAt === null ? text.never : <DateText value={lastAt.slice(0, 10)} />),
          },
          {
            name: 'outcome',
            header: text.standing,
            cell: ({ id }) => <Outcome id={id} decision={decision} />,
          },
        ]}
      />
      <p className={styles.note}>
        {text.rule(decision.ruleVersion)} {decision.replayed ? text.replayed : text.notReplayed}
      </p>
    </Section>
  )
}

export function reasonOf(decision: Decision, text: Text['bookings']): string {
  const chosen = decision.candidates.find(({ id }) => id === decision.chosen)
  if (chosen === undefined || decision.because === null) return text.notReplayed
  return text.because[decision.because](chosen.name, chosen.count, decision.rollingDays)
}

function inTurn({ candidates, ranked }: Decision) {
  const place = (id: string) => {
    const turn = ranked.indexOf(id)
    return turn < 0 ? ranked.length : turn
  }
  return candidates.toSorted((one, other) => place(one.id) - place(other.id))
}

function Outcome({ id, decision }: { readonly id: string; readonly decision: Decision }) {
  const { bookings: text } = useText()
  if (id === decision.chosen) return <Badge tone="met">{text.chosenMark}</Badge>
  const out = decision.excluded.find((one) => one.id === id)
  return <>{out === undefined ? text.turn(decision.ranked.indexOf(id) + 1) : text.excluded[out.because]}</>
}

const MOST_DAYS = 31

function Change({ booking }: { readonly booking: Booking }) {
  const { bookings: text, errors } = useText()
  const announce = useAnnounce()
  const queries = useQueryClient()
  const navigation = useContext(NavigationContext)
  const [slot, setSlot] = useState({ day: '', from: '' })
  const { number, version, station, subject, decision } = booking
  const onSettled = () => queries.invalidateQueries({ queryKey: api.services.bookings.key() })
  const cancel = useMutation(
    api.services.bookings.cancel.mutationOptions({ onSuccess: () => announce(text.cancelled), onSettled }),
  )
  const move = useMutation(
    api.services.bookings.move.mutationOptions({
      onSuccess: (moved) => {
        announce(text.made)
        navigation?.go(`/bookings/${moved.number}`)
      },
      onSettled,
    }),
  )
  return (
    <Section title={text.moveTitle} layout="stacked">
      <Form
        label={text.moveTitle}
        onSubmit={() => move.mutate({ number, version, ...slot })}
        error={move.error}
        text={errors}
        actions={
          <Button type="submit" busy={move.isPending} disabled={slot.from === ''}>
            {slot.from === '' ? text.move : text.moveTo(slot.day, slot.from)}
          </Button>
        }
      >
        <SlotPicker
          wanted={{
            station: station.code,
            subject: subject.code,
            language: booking.language === 'en' ? 'en' : 'zh',
            ...(decision.need.seats !== null && { seats: decision.need.seats }),
          }}
          days={MOST_DAYS}
          value={slot}
          onChange={setSlot}
        />
      </Form>
      <ErrorSummary error={cancel.error} text={errors} />
      <p>
        <Button kind="danger" busy={cancel.isPending} onClick={() => cancel.mutate({ number, version })}>
          {text.cancel}
        </Button>
      </p>
    </Section>
  )
}
