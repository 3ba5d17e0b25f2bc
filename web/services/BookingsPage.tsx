import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useContext, useState } from 'react'
import { api, type client } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { RadioGroup } from '../ui/choices.tsx'
import type { FieldProblem } from '../ui/explain.ts'
import { NumberField, SelectField, TextAreaField } from '../ui/fields.tsx'
import { Form } from '../ui/Form.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../ui/RegisterList.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { Empty } from '../ui/states.tsx'
import { NavigationContext, TextLink } from '../ui/TextLink.tsx'
import styles from './services.module.css'
import { SlotPicker } from './SlotPicker.tsx'
import { useText } from './text.ts'

type Stations = Awaited<ReturnType<typeof client.services.bookings.stations>>
export type Booking = Awaited<ReturnType<typeof client.services.bookings.mine>>['items'][number]

export const BOOKING_TONES = {
  held: 'info',
  kept: 'met',
  missed: 'risk',
  cancelled: 'neutral',
  freed: 'late',
  moved: 'neutral',
} as const

/** Choose a station, a subject, a day and an hour; below what one has booked. */
export function BookingsPage() {
  const { bookings: text, errors } = useText()
  const stations = useQuery(api.services.bookings.stations.queryOptions())
  return (
    <Page title={text.title} lede={text.lede} width="prose">
      <Section title={text.newTitle} layout="stacked">
        <Loaded query={stations} text={errors}>
          {(found) =>
            found.items.length === 0 ? (
              <Empty title={text.noStations}>{text.noStationsNext}</Empty>
            ) : (
              <BookForm stations={found} />
            )
          }
        </Loaded>
      </Section>
      <Section title={text.mine} layout="stacked">
        <Mine />
      </Section>
      <p>
        <TextLink href="/bookings/duty">{text.duty.door}</TextLink>
      </p>
    </Page>
  )
}

/** A link elsewhere may choose beforehand: `/bookings?station=…&subject=…`. */
function useWanted({ items }: Stations) {
  const search = useSearchState()
  const station = items.find(({ code }) => code === search.text('station'))
  const subject = station?.subjects.find(({ code }) => code === search.text('subject'))
  const languages = (subject?.languages ?? []).filter((one) => one === 'zh' || one === 'en')
  const language = languages.find((one) => one === search.text('language')) ?? languages[0] ?? 'zh'
  return { search, station, subject, languages, language }
}

function BookForm({ stations }: { readonly stations: Stations }) {
  const { bookings: text, errors } = useText()
  const { signedIn } = useSession()
  const navigation = useContext(NavigationContext)
  const queries = useQueryClient()
  const announce = useAnnounce()
  const { search, station, subject, languages, language } = useWanted(stations)
  const [seats, setSeats] = useState<number | undefined>(2)
  const [slot, setSlot] = useState({ day: '', from: '' })
  const [note, setNote] = useState('')
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const book = useMutation(
    api.services.bookings.book.mutationOptions({
      onSuccess: ({ number }) => {
        announce(text.made)
        navigation?.go(`/bookings/${number}`)
      },
      onSettled: () => queries.invalidateQueries({ queryKey: api.services.bookings.key() }),
    }),
  )
  const room = subject?.kind === 'room'
  const wanted = station &&
    subject && {
      station: station.code,
      subject: subject.code,
      language,
      ...(room && { seats: seats ?? 1 }),
    }
  const choose = (values: Record<string, string>) => {
    setSlot({ day: '', from: '' })
    search.set(values)
  }
  const send = () => {
    const found = [
      ...(station === undefined ? [{ field: 'station', message: text.required }] : []),
      ...(station !== undefined && subject === undefined
        ? [{ field: 'subject', message: text.required }]
        : []),
      ...(subject !== undefined && slot.from === '' ? [{ field: 'slot', message: text.needSlot }] : []),
    ]
    setProblems(found)
    if (found.length > 0 || wanted === undefined) return
    book.mutate({ ...wanted, ...slot, ...(note.trim() !== '' && { note }) })
  }
  return (
    <Form
      label={text.newTitle}
      onSubmit={send}
      errors={problems}
      error={book.error}
      text={errors}
      actions={
        signedIn ? (
          <Button kind="primary" type="submit" busy={book.isPending}>
            {slot.from === '' ? text.book : text.bookAt(slot.day, slot.from)}
          </Button>
        ) : (
          <ButtonLink kind="primary" href="/sign-in?next=/bookings">
            {text.signIn}
          </ButtonLink>
        )
      }
    >
      <p className={styles.note}>
        {text.window(stations.aheadDays, stations.until)}{' '}
        {stations.sample && <Badge tone="risk">{text.sample}</Badge>}
      </p>
      <SelectField
        name="station"
        label={text.station}
        value={station?.code ?? ''}
        onChange={(value) => choose({ station: value, subject: '' })}
        options={stations.items.map(({ code, names }) => ({ value: code, label: either(names) }))}
      />
      {station && (
        <SelectField
          name="subject"
          label={text.subject}
          value={subject?.code ?? ''}
          onChange={(value) => choose({ subject: value })}
          options={station.subjects.map(({ code, names }) => ({ value: code, label: either(names) }))}
        />
      )}
      {subject?.kind === 'person' && languages.length > 1 && (
        <RadioGroup
          name="language"
          label={text.language}
          inline
          value={language}
          onChange={(value) => choose({ language: value })}
          options={languages.map((value) => ({ value, label: text.languages[value] }))}
        />
      )}
      {room && <NumberField name="seats" label={text.seats} value={seats} onChange={setSeats} />}
      {wanted && (
        <SlotPicker
          wanted={wanted}
          days={stations.aheadDays + 1}
          value={slot}
          onChange={setSlot}
          error={problems.find(({ field }) => field === 'slot')?.message}
        />
      )}
      {wanted && (
        <TextAreaField
          name="note"
          label={text.note}
          hint={text.noteHint}
          required={false}
          rows={2}
          maxLength={500}
          value={note}
          onChange={setNote}
        />
      )}
    </Form>
  )
}

function Mine() {
  const { bookings: text, errors } = useText()
  const { signedIn } = useSession()
  const query = useInfiniteQuery({
    ...api.services.bookings.mine.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 20, ...(cursor !== undefined && { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
    enabled: signedIn,
  })
  if (!signedIn) return <p>{text.mineSignedOut}</p>
  return (
    <Loaded query={query} text={errors}>
      {({ pages }) => (
        <RegisterList
          caption={text.mine}
          items={pages.flatMap(({ items }) => items)}
          total={pages[0]?.total ?? 0}
          rowKey={({ number }) => number}
          row={(booking) => (
            <RegisterRow
              href={`/bookings/${booking.number}`}
              title={text.chosen(booking.day, booking.from, booking.to)}
              badges={<Badge tone={BOOKING_TONES[booking.state]}>{text.states[booking.state]}</Badge>}
            >
              {either(booking.subject.names)} · {either(booking.station.names)} ·{' '}
              {booking.kind === 'person' ? text.with(booking.with) : text.room(booking.with)}
            </RegisterRow>
          )}
          empty={{ title: text.none, next: text.noneNext }}
          more={moreOf(query)}
        />
      )}
    </Loaded>
  )
}
