import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { Facts } from '../ui/Facts.tsx'
import { Figure } from '../ui/Figure.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { OpeningHours } from '../ui/OpeningHours.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../ui/RegisterList.tsx'
import { usePathParameter, useSearchState } from '../ui/search-state.ts'
import { TextLink } from '../ui/TextLink.tsx'
import styles from './matters.module.css'
import { MonthChoice } from './MonthChoice.tsx'
import type { StationView } from './queries.ts'
import { gradeWords } from './RatingSection.tsx'
import { useText } from './text.ts'
import { useZoneNames } from './zone-names.ts'

/** One station: whether it is open, what it does, what waits there, and what it finished this month with the list behind it. */
export function StationPage() {
  const text = useText()
  const code = usePathParameter('id')
  const month = useSearchState().text('month')
  const station = useQuery({
    ...api.matters.station.queryOptions({ input: { code, ...(month && { month }) } }),
    placeholderData: (before) => before,
  })
  const { data } = station
  return (
    <Page
      title={data ? either(data.names) : code}
      eyebrow={data && either(data.kindNames)}
      crumbs={[{ text: text.station.all, href: '/stations' }]}
      {...(data && {
        lede: either(data.duty),
        badges: <Open station={data} />,
        actions: (
          <ButtonLink kind="primary" href={`/services?station=${code}`}>
            {text.station.startHere}
          </ButtonLink>
        ),
      })}
    >
      <Loaded query={station} text={text.errors}>
        {(found) => (
          <>
            <Place station={found} />
            <Services station={found} />
            <Queue station={found} />
            <Results station={found} />
            <Handled code={code} month={found.results.month} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

interface PartProps {
  readonly station: StationView
}

function Open({ station: { today, hours, sample } }: PartProps) {
  const text = useText()
  return (
    <>
      {hours && (
        <Badge tone={today.open ? 'met' : 'neutral'}>
          {today.open ? text.station.openToday : text.station.closedToday}
        </Badge>
      )}
      {sample && <Badge tone="risk">{text.sample}</Badge>}
    </>
  )
}

function Place({ station }: PartProps) {
  const text = useText()
  const names = useZoneNames()
  const { address, hours, carrier, clauses, today } = station
  const sessions = today.sessions.map(({ opens, closes }) => `${opens}–${closes}`).join(text.comma)
  return (
    <Section title={text.station.place}>
      <Facts
        rows={[
          {
            label: text.station.today,
            value: today.open
              ? sessions
              : today.holiday
                ? text.station.holiday(either(today.holiday))
                : text.station.notToday,
            asOf: today.on,
          },
          {
            label: text.station.hours,
            value: <OpeningHours hours={hours} />,
            note: hours && text.station.holidays,
          },
          { label: text.station.address, value: address && either(address) },
          {
            label: text.station.carrier,
            value:
              carrier === null ? (
                text.station.outside
              ) : (
                <TextLink href={`/carriers/${carrier}`}>{names.carrier(carrier) ?? carrier}</TextLink>
              ),
          },
          {
            label: text.procedure.clauses,
            value: clauses.map((clause) => (
              <span key={clause}>
                <TextLink href={`/clauses/${clause}`}>{clause}</TextLink>{' '}
              </span>
            )),
          },
        ]}
      />
    </Section>
  )
}

function Services({ station: { procedures, code } }: PartProps) {
  const text = useText()
  return (
    <Section title={text.station.services} note={text.station.servicesNote}>
      {procedures.length === 0 ? (
        <p>{text.station.noServices}</p>
      ) : (
        <ul className={styles.links}>
          {procedures.map(({ code: procedure, names }) => (
            <li key={procedure}>
              <TextLink href={`/services/${procedure}?station=${code}`}>{either(names)}</TextLink>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Queue({ station: { queue, queueByProcedure, code } }: PartProps) {
  const text = useText()
  const { actor } = useSession()
  const staff = actor.kind === 'account' && actor.staff
  return (
    <Section
      title={text.station.queue}
      note={text.station.queueNote}
      actions={staff && <TextLink href={`/work/queue?station=${code}`}>{text.station.openQueue}</TextLink>}
    >
      <p className={styles.next}>{text.station.waiting(queue)}</p>
      <ul className={styles.links}>
        {queueByProcedure.map(({ code: procedure, names, open }) => (
          <li key={procedure}>
            {either(names)} <span className={styles.quiet}>{text.station.items(open)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Results({ station: { results, code } }: PartProps) {
  const text = useText()
  const { month, handled, inTime, late, ratings } = results
  const list = `/stations/${code}?month=${month}#handled`
  return (
    <Section
      title={text.station.results}
      note={text.station.resultsNote}
      actions={<MonthChoice month={month} />}
    >
      <div className={styles.figures}>
        <Figure value={handled} unit={text.station.unit} href={list} label={text.station.handled(month)} />
      </div>
      <p>{text.station.ofThese(inTime, late)}</p>
      <p className={styles.quiet}>
        {ratings.average === null
          ? text.station.noRatings
          : text.station.ratings(ratings.count, ratings.average.toFixed(1))}
      </p>
    </Section>
  )
}

/** The records that the figure counts: as many rows as it says. */
function Handled({ code, month }: { readonly code: string; readonly month: string }) {
  const text = useText()
  const list = useInfiniteQuery(
    api.matters.handled.infiniteOptions({
      input: (cursor: string | undefined) => ({ code, month, limit: 20, ...(cursor && { cursor }) }),
      initialPageParam: undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  return (
    <div id="handled">
      <Section title={text.station.handledList(month)} note={text.station.handledNote}>
        <Loaded query={list} text={text.errors}>
          {({ pages }) => (
            <RegisterList
              caption={text.station.handledList(month)}
              items={pages.flatMap(({ items }) => items)}
              total={pages[0]?.total ?? 0}
              rowKey={(row) => `${row.number} ${row.procedure.code} ${row.submittedOn} ${row.closedOn}`}
              row={(row) => (
                <RegisterRow
                  href={row.number === null ? undefined : `/work/matters/${row.number}`}
                  title={either(row.procedure.names)}
                  badges={
                    <Badge tone={row.inTime ? 'met' : 'late'}>
                      {row.inTime ? text.station.inTime : text.station.late}
                    </Badge>
                  }
                  note={row.closedOn}
                >
                  {text.station.handledSentence(
                    row.submittedOn,
                    row.closedOn,
                    outcomeWords(row.outcome, text.outcomes),
                  )}
                  {row.grade !== null && ` ${text.station.graded(gradeWords(row.grade, text.rating.grades))}`}
                </RegisterRow>
              )}
              more={moreOf(list)}
              empty={{ title: text.station.noneHandled }}
            />
          )}
        </Loaded>
      </Section>
    </div>
  )
}

function outcomeWords(outcome: string, words: Readonly<Record<string, string>>): string {
  return words[outcome] ?? outcome
}
