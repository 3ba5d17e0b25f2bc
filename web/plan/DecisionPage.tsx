import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { Badge } from '../ui/Badge.tsx'
import { type Fact, Facts } from '../ui/Facts.tsx'
import { formatNumber } from '../ui/format.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { DateText, RecordText } from '../ui/values.tsx'
import { Gantt } from './Gantt.tsx'
import { type Decision, DECISION_TONES, usePlanNames, useText } from './queries.ts'
import styles from './plan.module.css'

/** Decision → task → result on one page. */
export function DecisionPage() {
  const text = useText()
  const number = Number(usePathParameter('number'))
  const decision = useQuery(
    api.plan.decision.queryOptions({
      input: { number: Number.isInteger(number) && number > 0 ? number : 1_000_000 },
    }),
  )
  const { data } = decision
  return (
    <Page
      title={text.decisions.item(String(number))}
      crumbs={[
        { text: text.title, href: '/plan/progress' },
        { text: text.decisions.title, href: '/plan/decisions' },
      ]}
      {...(data && {
        badges: <Badge tone={DECISION_TONES[data.followUp]}>{text.decisions.followUps[data.followUp]}</Badge>,
      })}
    >
      <Loaded query={decision} text={text.errors}>
        {(found) => (
          <>
            <Words decision={found} />
            <Tasks decision={found} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Words({ decision }: { readonly decision: Decision }) {
  const text = useText()
  const names = usePlanNames()
  const { words, meeting, decidedOn, dueOn, agendaItem, tasks, done, late } = decision
  const rows: Fact[] = [
    { label: text.decisions.words, value: <RecordText>{words}</RecordText> },
    { label: text.decisions.decidedOn, value: <DateText value={decidedOn} /> },
    {
      label: text.leading.title,
      value: text.decisions.from(names.body(meeting.body), String(meeting.number)),
      note: <RecordText>{meeting.title}</RecordText>,
    },
    { label: text.decisions.agenda, value: <RecordText>{agendaItem.title}</RecordText> },
    { label: text.decisions.dueOn, value: dueOn ?? text.decisions.noDue },
    {
      label: text.decisions.tasks,
      value: text.decisions.count(formatNumber(done), formatNumber(tasks)),
      ...(late > 0 && { note: <Badge tone="late">{text.decisions.lateCount(formatNumber(late))}</Badge> }),
    },
  ]
  return (
    <Section title={text.decisions.words}>
      <Facts rows={rows} label={text.decisions.words} />
    </Section>
  )
}

function Tasks({ decision: { carriedOutBy, asOf } }: { readonly decision: Decision }) {
  const text = useText()
  const [first] = carriedOutBy
  const results = carriedOutBy.filter(({ result }) => result !== null)
  return (
    <Section title={text.decisions.tasks} note={text.decisions.tasksNote} layout="stacked">
      {first === undefined ? (
        <p>{text.decisions.noTasks}</p>
      ) : (
        <Gantt
          tasks={carriedOutBy}
          year={first.year}
          asOf={asOf}
          caption={text.gantt.line}
          hrefOf={(code) => `/plan/tasks/${code}`}
        />
      )}
      {results.length > 0 && (
        <Facts
          label={text.decisions.result}
          rows={results.map(({ code, title, result, indicator, resultValue }) => ({
            label: `${code} ${title}`,
            value: <RecordText>{result ?? ''}</RecordText>,
            ...(indicator !== null &&
              resultValue !== null && {
                note: (
                  <TextLink className={styles.fine} href={`/indicators/${indicator}`}>
                    {formatNumber(resultValue)}
                  </TextLink>
                ),
              }),
          }))}
        />
      )}
    </Section>
  )
}
