import { formatNumber } from '../ui/format.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { RecordText } from '../ui/values.tsx'
import { type TaskLine, usePlanNames, useText } from './queries.ts'
import styles from './plan.module.css'
import { barOf, type Range, rangeOf, ticksOf } from './span.ts'
import { StandingBadge } from './StandingBadge.tsx'

interface GanttProps {
  readonly tasks: readonly TaskLine[]
  readonly year: number
  readonly asOf: string
  readonly hrefOf: (code: string) => string
  readonly caption: string
}

/**
 * Baseline and actual on one timeline. It is a table: every bar also stands in words in its row, so that nobody needs to
 * see the drawing.
 */
export function Gantt({ tasks, year, asOf, hrefOf, caption }: GanttProps) {
  const text = useText()
  const range = rangeOf(tasks, year)
  return (
    <section className={styles.gantt} aria-label={caption} tabIndex={0}>
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{text.gantt.task}</th>
            <th scope="col" className={styles.lineHead}>
              <span className="visually-hidden">{text.gantt.line}</span>
              <Months range={range} asOf={asOf} />
            </th>
            <th scope="col">{text.gantt.baseline}</th>
            <th scope="col">{text.gantt.promised}</th>
            <th scope="col">{text.gantt.actual}</th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => (
            <GanttRow key={task.code} task={task} range={range} asOf={asOf} href={hrefOf(task.code)} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Months({ range, asOf }: { readonly range: Range; readonly asOf: string }) {
  const text = useText()
  return (
    <span className={styles.months} aria-hidden>
      {ticksOf(range).map((day) => (
        <span key={day} className={styles.month} style={{ left: barOf(day, day, range).left }}>
          {day.endsWith('-01-01') && range.from.slice(0, 4) !== range.to.slice(0, 4)
            ? day.slice(0, 4)
            : text.gantt.month(Number(day.slice(5, 7)))}
        </span>
      ))}
      {asOf >= range.from && asOf <= range.to && (
        <span
          className={styles.todayMark}
          style={{ left: barOf(asOf, asOf, range).left }}
          title={text.gantt.today(asOf)}
        />
      )}
    </span>
  )
}

interface RowProps {
  readonly task: TaskLine
  readonly range: Range
  readonly asOf: string
  readonly href: string
}

function GanttRow({ task, range, asOf, href }: RowProps) {
  const names = usePlanNames()
  return (
    <tr data-standing={task.standing}>
      <th scope="row">
        <TextLink href={href}>
          {task.code} <RecordText>{task.title}</RecordText>
        </TextLink>
        <span className={styles.rowNote}>
          <StandingBadge task={task} /> {task.unit !== null && names.unit(task.unit)}
        </span>
      </th>
      <td className={styles.line}>
        <Bars task={task} range={range} asOf={asOf} />
      </td>
      <Spans task={task} />
    </tr>
  )
}

function Bars({ task, range, asOf }: Omit<RowProps, 'href'>) {
  const { baseline, startsOn, dueOn, startedOn, completedOn, moved, standing } = task
  return (
    <span className={styles.track} aria-hidden>
      {asOf >= range.from && asOf <= range.to && (
        <span className={styles.todayLine} style={{ left: barOf(asOf, asOf, range).left }} />
      )}
      {baseline && (
        <span className={styles.baseline} style={barOf(baseline.startsOn, baseline.dueOn, range)} />
      )}
      {startsOn !== null && dueOn !== null && (baseline === null || moved > 0) && (
        <span className={styles.promised} style={barOf(startsOn, dueOn, range)} />
      )}
      {startedOn !== null && (
        <span
          className={styles.actual}
          data-standing={standing}
          style={barOf(startedOn, completedOn ?? (asOf < startedOn ? startedOn : asOf), range)}
        />
      )}
    </span>
  )
}

function Spans({ task }: { readonly task: TaskLine }) {
  const text = useText()
  const { baseline, startsOn, dueOn, startedOn, completedOn, moved } = task
  const promised = startsOn !== null && dueOn !== null ? text.gantt.span(startsOn, dueOn) : text.gantt.noDays
  return (
    <>
      <td>{baseline ? text.gantt.span(baseline.startsOn, baseline.dueOn) : text.gantt.noDays}</td>
      <td>
        {baseline && moved === 0 ? text.gantt.same : promised}
        {moved > 0 && <span className={styles.fine}> {text.gantt.moved(formatNumber(moved))}</span>}
      </td>
      <td>
        {startedOn === null
          ? text.gantt.notStarted
          : completedOn === null
            ? text.gantt.since(startedOn)
            : text.gantt.span(startedOn, completedOn)}
        <span className={styles.fine}> {formatNumber(task.percent)}%</span>
      </td>
    </>
  )
}
