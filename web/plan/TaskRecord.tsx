import type { ReactNode } from 'react'
import { useZone } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { type Fact, Facts } from '../ui/Facts.tsx'
import { formatNumber } from '../ui/format.ts'
import { Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { Timeline } from '../ui/Timeline.tsx'
import { NumberText, RecordText } from '../ui/values.tsx'
import { Gantt } from './Gantt.tsx'
import { Levels } from './Levels.tsx'
import { Reports } from './Reports.tsx'
import { type Task, usePlanNames, useText } from './queries.ts'
import styles from './plan.module.css'

/** Everything that is known of a task, the same on the portal and at the desk. */
export function TaskRecord({ task, atDesk = false }: { readonly task: Task; readonly atDesk?: boolean }) {
  const text = useText()
  const today = useZone()?.today ?? task.startedOn ?? `${task.year}-01-01`
  const href = (code: string) => (atDesk ? `/work/plan/tasks/${code}` : `/plan/tasks/${code}`)
  return (
    <>
      <Three task={task} />
      <Section title={text.task.timeline} layout="stacked">
        <Gantt tasks={[task]} year={task.year} asOf={today} caption={text.gantt.line} hrefOf={href} />
        <Baselines task={task} />
      </Section>
      <Section title={text.task.changes}>
        <Changes task={task} />
      </Section>
      <Section title={text.task.levels}>
        <Levels task={task} />
      </Section>
      <Section title={text.task.reports}>
        <Reports task={task} />
      </Section>
    </>
  )
}

function Three({ task }: { readonly task: Task }) {
  const text = useText()
  const names = usePlanNames()
  const { missing, startsOn, dueOn, hasPerson, person, target, unit, action, clauses, detail } = task
  const rows: Fact[] = [
    {
      label: text.task.time,
      value: startsOn !== null && dueOn !== null ? text.gantt.span(startsOn, dueOn) : null,
    },
    { label: text.task.person, value: person ?? (hasPerson ? text.task.assigned : text.task.noPerson) },
    { label: text.task.target, value: target === null ? null : <RecordText>{target}</RecordText> },
    { label: text.task.unit, value: unit === null ? null : names.unit(unit) },
    {
      label: text.task.percent,
      value: <NumberText value={task.percent} unit="%" />,
      ...(task.expected !== null &&
        task.state === 'active' && { note: text.task.expected(String(task.expected)) }),
    },
    ...numberRows(task, text),
    ...resultRows(task, text),
    { label: text.task.action, value: names.action(action) },
    ...(clauses.length > 0 ? [{ label: text.task.clauses, value: <ClauseList clauses={clauses} /> }] : []),
    ...originRows(task, text),
  ]
  return (
    <Section title={text.task.facts}>
      {missing.length > 0 && (
        <p>
          <Badge tone="risk">
            {text.task.missing(missing.map((one) => text.three[one]).join(text.separator))}
          </Badge>
        </p>
      )}
      {detail !== '' && (
        <p className={styles.words}>
          <RecordText>{detail}</RecordText>
        </p>
      )}
      <Facts rows={rows} label={text.task.facts} />
    </Section>
  )
}

type Words = ReturnType<typeof useText>

/** The number that is the task's result; it opens to the records it counts. */
function numberRows({ indicator, indicatorAtLeast, resultValue, resultAsOf }: Task, text: Words): Fact[] {
  if (indicator === null) return []
  const day = resultAsOf === null ? '' : `?asOf=${resultAsOf}`
  const value =
    resultValue === null || resultAsOf === null ? (
      <TextLink href={`/indicators/${indicator}`}>{text.task.openNumber(indicator)}</TextLink>
    ) : (
      <TextLink href={`/indicators/${indicator}${day}`}>
        {text.task.resultNumber(formatNumber(resultValue), resultAsOf)}
      </TextLink>
    )
  const note = indicatorAtLeast === null ? undefined : text.task.atLeast(formatNumber(indicatorAtLeast))
  return [{ label: text.task.number, value, note }]
}

function resultRows({ result, cancelledBecause }: Task, text: Words): Fact[] {
  const rows: Fact[] = []
  if (result !== null) rows.push({ label: text.task.result, value: <RecordText>{result}</RecordText> })
  if (cancelledBecause !== null)
    rows.push({ label: text.task.cancelled, value: <RecordText>{cancelledBecause}</RecordText> })
  return rows
}

function originRows({ decision, issue, guidance }: Task, text: Words): Fact[] {
  const origins: ReactNode[] = []
  if (decision !== null)
    origins.push(
      <TextLink key="decision" href={`/plan/decisions/${decision}`}>
        {text.task.decision(String(decision))}
      </TextLink>,
    )
  if (issue !== null)
    origins.push(
      <TextLink key="issue" href="/work/issues">
        {text.task.issue(String(issue))}
      </TextLink>,
    )
  if (guidance !== null)
    origins.push(
      <TextLink key="guidance" href="/work/issues">
        {text.task.guidance(String(guidance))}
      </TextLink>,
    )
  return origins.length === 0 ? [] : [{ label: text.task.origin, value: <>{origins}</> }]
}

function ClauseList({ clauses }: { readonly clauses: readonly string[] }) {
  return clauses.map((clause) => (
    <span key={clause}>
      <TextLink href={`/clauses/${clause}`}>{clause}</TextLink>{' '}
    </span>
  ))
}

function Baselines({ task: { baselines } }: { readonly task: Task }) {
  const text = useText()
  if (baselines.length < 2) return null
  return (
    <Facts
      label={text.task.baselines}
      rows={baselines.map(({ version, approvedOn, startsOn, dueOn, target }) => ({
        label: text.task.baseline(String(version), approvedOn),
        value: text.gantt.span(startsOn, dueOn),
        note: <RecordText>{target}</RecordText>,
      }))}
    />
  )
}

function Changes({ task: { changes } }: { readonly task: Task }) {
  const text = useText()
  if (changes.length === 0) return <p>{text.task.noChanges}</p>
  const span = ({ startsOn, dueOn }: Task['changes'][number]['before']) =>
    startsOn !== null && dueOn !== null ? text.gantt.span(startsOn, dueOn) : text.gantt.noDays
  return (
    <Timeline
      label={text.task.changes}
      entries={changes.map(({ id, changedOn, changedBy, before, after, reason }) => ({
        key: id,
        at: changedOn,
        title:
          span(before) === span(after)
            ? text.task.changeTarget(before.target ?? '', after.target ?? '')
            : text.task.change(span(before), span(after)),
        by: changedBy,
        detail: <RecordText>{text.task.because(reason)}</RecordText>,
      }))}
    />
  )
}
