import { useQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { Facts } from '../ui/Facts.tsx'
import { isCalendarDate, weekdayName } from '../ui/format.ts'
import { either, language } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../ui/RegisterList.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { Empty, SignedOut } from '../ui/states.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { RecordText } from '../ui/values.tsx'
import { BOOKING_TONES } from './BookingsPage.tsx'
import { hoursText } from './ChangeBookable.tsx'
import { shiftDay } from './days.ts'
import { useText } from './text.ts'

type Duty = Awaited<ReturnType<typeof client.services.bookings.duty>>

/** Who booked whoever is on duty: two weeks, with the hours that hold today. */
export function DutyPage() {
  const { bookings, errors } = useText()
  const text = bookings.duty
  const { signedIn } = useSession()
  const search = useSearchState()
  const from = search.text('from')
  const duty = useQuery({
    ...api.services.bookings.duty.queryOptions({ input: isCalendarDate(from) ? { from } : {} }),
    enabled: signedIn,
    placeholderData: (before: Duty | undefined) => before,
  })
  return (
    <Page
      title={text.title}
      lede={text.lede}
      crumbs={[{ text: bookings.title, href: '/bookings' }]}
      width="prose"
    >
      {signedIn ? (
        <Loaded query={duty} text={errors}>
          {(found) =>
            found.posts.length === 0 && found.bookings.length === 0 ? (
              <Empty title={text.none}>{text.noneNext}</Empty>
            ) : (
              <>
                <Posts duty={found} />
                <Booked duty={found} onFrom={(day) => search.set({ from: day })} />
              </>
            )
          }
        </Loaded>
      ) : (
        <SignedOut />
      )}
    </Page>
  )
}

function Posts({ duty: { posts } }: { readonly duty: Duty }) {
  const { bookings } = useText()
  const text = bookings.duty
  return (
    <Section title={text.posts} layout="stacked">
      <Facts
        label={text.posts}
        rows={posts.map(({ station, name, hours, changesOn, lastDay }) => ({
          label: either(station.names),
          value: hoursText(hours, bookings.desk),
          note: [
            text.listedAs(name),
            ...(lastDay === null ? [] : [bookings.desk.until(lastDay)]),
            ...(changesOn === null || lastDay !== null ? [] : [bookings.desk.changes(changesOn)]),
          ].join(' · '),
        }))}
      />
      <p>
        <TextLink href="/stations">{text.wrong}</TextLink>
      </p>
    </Section>
  )
}

function Booked({ duty, onFrom }: { readonly duty: Duty; readonly onFrom: (day: string) => void }) {
  const { bookings } = useText()
  const text = bookings.duty
  return (
    <Section title={text.booked(duty.from, duty.to)} layout="stacked">
      <p>
        <Button onClick={() => onFrom(shiftDay(duty.from, -14))}>{text.before}</Button>{' '}
        <Button onClick={() => onFrom(shiftDay(duty.from, 14))}>{text.after}</Button>
      </p>
      <RegisterList
        caption={text.booked(duty.from, duty.to)}
        items={duty.bookings}
        total={duty.bookings.length}
        rowKey={({ number }) => number}
        row={({ number, day, from, to, state, subject, bookedBy, note }) => (
          <RegisterRow
            href={`/bookings/${number}`}
            title={`${bookings.chosen(day, from, to)} ${weekdayName(day, language)}`}
            badges={<Badge tone={BOOKING_TONES[state]}>{bookings.states[state]}</Badge>}
          >
            {either(subject.names)} · <RecordText>{bookedBy}</RecordText>
            {note !== null && (
              <>
                {' · '}
                <RecordText>{note}</RecordText>
              </>
            )}
          </RegisterRow>
        )}
        empty={{ title: text.nobody, next: text.nobodyNext }}
      />
    </Section>
  )
}
