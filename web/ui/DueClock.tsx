import type { ReactNode } from 'react'
import { Badge, type Tone } from './Badge.tsx'
import { weekdayName } from './format.ts'
import { language } from './language.ts'
import { DateText, MomentText } from './values.tsx'
import { useOwnWords } from './words.ts'
import './DueClock.css'

/** Why a day counts towards a term, or does not. */
export type DayReason =
  | 'start'
  | 'workday'
  | 'makeUpWorkday'
  | 'weekend'
  | 'holiday'
  | 'calendarDay'
  | 'correspondingDay'
  | 'endOfMonth'
  | 'movedToWorkingDay'
  | 'paused'
  | 'pauseAdded'

export interface CountedDay {
  readonly date: string
  /** What the count reaches on this day; absent for a day that is skipped. */
  readonly count?: number | undefined
  readonly reason: DayReason
  /** The holiday that takes the day off or is made up for, in the words of its announcement. */
  readonly holiday?: string | undefined
  readonly unknownYear?: boolean | undefined
}

export interface ClockMove {
  readonly key: string
  readonly at: string
  readonly from: string
  readonly to: string
  readonly why: ReactNode
}

export interface DueClockProps {
  readonly name: string
  readonly standing: 'running' | 'paused' | 'late' | 'met' | 'metLate' | 'ended'
  /** Null while the clock is paused and the day is therefore open. */
  readonly due: string | null
  readonly today: string
  /** Whose time it is that runs. */
  readonly owner: string
  /** The term in words: 5 working days. */
  readonly term: string
  readonly days: readonly CountedDay[]
  readonly moves?: readonly ClockMove[]
  /** The rule the term comes from, with its document and article. */
  readonly basis?: ReactNode
  readonly sample?: boolean
  /** The announcements the count rests on. */
  readonly calendars?: readonly { readonly year: number; readonly source: string }[]
  readonly unknownYears?: readonly number[]
}

const TONES: Readonly<Record<DueClockProps['standing'], Tone>> = {
  running: 'info',
  paused: 'neutral',
  late: 'late',
  met: 'met',
  metLate: 'risk',
  ended: 'neutral',
}

/** A due date that explains itself: where it stands, by when, and every day that was counted or skipped to get there. */
export function DueClock(props: DueClockProps) {
  const { name, standing, due, today, owner, term, basis, sample, moves = [] } = props
  const { clock: words } = useOwnWords()
  return (
    <section className="due-clock" data-standing={standing} aria-label={name}>
      <div className="due-clock-head">
        <h3>{name}</h3>
        <Badge tone={TONES[standing]}>{words.standings[standing]}</Badge>
        {sample === true && <Badge tone="risk">{words.sample}</Badge>}
      </div>
      <p className="due-clock-due">
        {due === null ? words.openEnd : <DateText value={due} />}
        <span className="due-clock-left">{due !== null && remaining(props, today, due, words)}</span>
      </p>
      <p className="due-clock-term">{words.termOf(owner, term)}</p>
      {basis && <p className="due-clock-term">{basis}</p>}
      <Derivation {...props} />
      {moves.length > 0 && <Moves moves={moves} />}
    </section>
  )
}

type ClockWords = ReturnType<typeof useOwnWords>['clock']

function remaining({ standing, days }: DueClockProps, today: string, due: string, words: ClockWords) {
  if (standing === 'late') return words.overdue(daysFrom(due, today))
  if (standing !== 'running') return null
  const left = days.filter(({ count, date }) => count !== undefined && date > today).length
  return due === today ? words.dueToday : words.left(left, countsWorkingDays(days))
}

function countsWorkingDays(days: readonly CountedDay[]): boolean {
  return days.some(({ reason }) => reason === 'workday' || reason === 'makeUpWorkday')
}

function daysFrom(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}

function Derivation({ days, today, calendars = [], unknownYears = [] }: DueClockProps) {
  const { clock: words } = useOwnWords()
  if (days.length === 0) return null
  const counted = days.filter(({ count }) => count !== undefined).length
  const skipped = days.filter(({ count, reason }) => count === undefined && reason !== 'start').length
  // A term of months is not counted by days: two lines say it all.
  const byMonth = days.some(({ reason }) => reason === 'correspondingDay' || reason === 'endOfMonth')
  return (
    <details className="due-clock-derivation">
      <summary>{byMonth ? words.derivationShort : words.derivation(counted, skipped)}</summary>
      {!byMonth && days.length > 2 && <Strip days={days} today={today} />}
      <ol>
        {days.map((day) => (
          <Day key={`${day.date} ${day.reason}`} day={day} today={today} />
        ))}
      </ol>
      {unknownYears.length > 0 && (
        <p className="due-clock-note">{words.provisional(unknownYears.join(words.comma))}</p>
      )}
      {calendars.length > 0 && (
        <p className="due-clock-note">
          {words.restsOn} {calendars.map(({ year, source }) => `${year}: ${source}`).join(words.semicolon)}
        </p>
      )}
    </details>
  )
}

/** The whole term at a glance, one cell a day; the list below says the same in words. */
function Strip({ days, today }: { readonly days: readonly CountedDay[]; readonly today: string }) {
  return (
    <div className="due-clock-strip" aria-hidden>
      {days.map(({ date, count, reason }) => (
        <span
          key={`${date} ${reason}`}
          data-counted={count === undefined ? undefined : ''}
          data-reason={reason}
          data-today={date === today ? '' : undefined}
        />
      ))}
    </div>
  )
}

function Day({ day, today }: { readonly day: CountedDay; readonly today: string }) {
  const { clock: words } = useOwnWords()
  const { date, count, reason, holiday } = day
  const why = words.reasons[reason]
  return (
    <li data-counted={count === undefined ? undefined : ''} data-reason={reason}>
      <time dateTime={date}>{date}</time>
      <span className="due-clock-weekday">{weekdayName(date, language)}</span>
      <span className="due-clock-count">{count ?? words.skipped}</span>
      <span>
        {holiday === undefined ? why : words.because(why, holiday)}
        {day.unknownYear === true && words.assumed}
        {date === today && <strong className="due-clock-today"> {words.today}</strong>}
      </span>
    </li>
  )
}

function Moves({ moves }: { readonly moves: readonly ClockMove[] }) {
  const { clock: words } = useOwnWords()
  return (
    <details className="due-clock-derivation">
      <summary>{words.moved(moves.length)}</summary>
      <ul className="due-clock-moves">
        {moves.map(({ key, at, from, to, why }) => (
          <li key={key}>
            <MomentText value={at} /> · {words.movedFrom(from, to)} · {why}
          </li>
        ))}
      </ul>
    </details>
  )
}
