import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { Badge, type Tone } from '../ui/Badge.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { formatNumber } from '../ui/format.ts'
import { either, language } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { DateText } from '../ui/values.tsx'
import { InLanguage } from './InLanguage.tsx'
import { MarkedLine } from './MarkedLine.tsx'
import type { Clause } from './queries.ts'
import { STATUS_TONES } from './status.ts'
import { useText } from './text.ts'
import styles from './zone.module.css'

/** One clause: its words, what the platform owes for it, what serves it, and what proves it. */
export function ClausePage() {
  const text = useText()
  const id = usePathParameter('id')
  const clause = useQuery(api.zone.clause.queryOptions({ input: { id } }))
  const crumbs = [
    { text: text.plan.title, href: '/plan' },
    { text: text.coverage.title, href: '/clauses' },
  ]
  const { data } = clause
  return (
    <Page
      title={data ? titleOf(data) : text.clause(id.toUpperCase())}
      crumbs={crumbs}
      {...(data && {
        eyebrow: `${data.id} · ${text.areas[data.area]}`,
        badges: <Badge tone={STATUS_TONES[data.status]}>{text.coverage[data.status]}</Badge>,
        actions: <Neighbours clause={data} />,
      })}
    >
      <Loaded query={clause} text={text.clausePage.errors}>
        {(found) => (
          <>
            <Words clause={found} />
            <Duty clause={found} />
            <ServedBy clause={found} />
            <Features clause={found} />
            <Evidence clause={found} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function titleOf({ term, termEn }: Clause): string {
  return language === 'zh' ? term : termEn
}

function Neighbours({ clause: { previous, next } }: { readonly clause: Clause }) {
  const text = useText()
  return (
    <>
      {previous && (
        <ButtonLink href={`/clauses/${previous}`}>{`${text.clausePage.previous} ${previous}`}</ButtonLink>
      )}
      {next && <ButtonLink href={`/clauses/${next}`}>{`${text.clausePage.next} ${next}`}</ButtonLink>}
    </>
  )
}

function Words({ clause: { id, text: words, spans, line, section, plan } }: { readonly clause: Clause }) {
  const text = useText()
  return (
    <Section
      title={text.clausePage.text}
      note={text.clausePage.textNote}
      actions={<TextLink href={`/plan#L${line}`}>{text.clausePage.inPlan}</TextLink>}
    >
      <p className={styles.place}>
        {plan.number}
        {section && ` · ${either(section.names)}`} · {text.plan.line(line)}
      </p>
      <blockquote lang="zh" className={styles.clauseText}>
        <MarkedLine text={words} clauses={[{ id, spans }]} plain />
      </blockquote>
    </Section>
  )
}

function Duty({ clause: { must, mustZh } }: { readonly clause: Clause }) {
  const text = useText()
  const inChinese = language === 'zh' && mustZh !== null
  return (
    <Section title={text.clausePage.duty} note={text.clausePage.dutyNote}>
      <p>{inChinese ? mustZh : <InLanguage of="en">{must}</InLanguage>}</p>
    </Section>
  )
}

function ServedBy({ clause: { servedBy } }: { readonly clause: Clause }) {
  const text = useText()
  const { operations, indicators, pages, targets } = servedBy
  const nothing = operations.length + indicators.length + pages.length === 0
  return (
    <Section title={text.clausePage.served}>
      {nothing && <p>{text.clausePage.nothing}</p>}
      <List title={text.clausePage.pages} items={pages}>
        {({ path, names }) => <TextLink href={path}>{either(names)}</TextLink>}
      </List>
      <List title={text.clausePage.targets} items={targets}>
        {({ code, names }) => <TextLink href={`/indicators/${code}`}>{either(names)}</TextLink>}
      </List>
      <List title={text.clausePage.indicators} items={indicators}>
        {({ code, names, records }) => (
          <>
            <TextLink href={`/indicators/${code}`}>{either(names)}</TextLink>
            {records !== null && ` · ${text.clausePage.records(formatNumber(records))}`}
          </>
        )}
      </List>
      <List title={text.clausePage.operations} items={operations}>
        {({ method, path, summary }) => (
          <>
            <code>{`${method} /api/v1${path}`}</code> <InLanguage of="en">{summary}</InLanguage>
          </>
        )}
      </List>
    </Section>
  )
}

interface ListProps<Item> {
  readonly title: string
  readonly items: readonly Item[]
  readonly children: (item: Item) => React.ReactNode
}

function List<Item>({ title, items, children }: ListProps<Item>) {
  if (items.length === 0) return null
  return (
    <div className={styles.group}>
      <h3>{title}</h3>
      <ul>
        {items.map((item) => (
          <li key={JSON.stringify(item)}>{children(item)}</li>
        ))}
      </ul>
    </div>
  )
}

function Features({ clause: { features } }: { readonly clause: Clause }) {
  const text = useText()
  return (
    <Section title={text.clausePage.features}>
      {features.map(({ id, names, check, tests }) => (
        <div key={id} className={styles.group}>
          <h3>
            {id}{' '}
            {language === 'zh' && names.zh !== null ? names.zh : <InLanguage of="en">{names.en}</InLanguage>}
          </h3>
          <p className={styles.check}>
            <InLanguage of="en">{check}</InLanguage>
          </p>
          <FeatureTests tests={tests} />
        </div>
      ))}
    </Section>
  )
}

/** A feature may have dozens of tests: the count is said, and the list opens. */
function FeatureTests({ tests }: { readonly tests: Clause['tests'] }) {
  const text = useText()
  if (tests.length === 0) return <p className={styles.place}>{text.clausePage.noFeatureTests}</p>
  const passed = tests.filter(({ result }) => result === 'passed').length
  return (
    <details className={styles.opens}>
      <summary>{text.clausePage.testsOf(passed, tests.length)}</summary>
      <Tests tests={tests} />
    </details>
  )
}

function Evidence({ clause: { tests } }: { readonly clause: Clause }) {
  const text = useText()
  return (
    <Section title={text.clausePage.evidence} note={text.clausePage.evidenceNote}>
      {tests.length === 0 ? <p>{text.clausePage.noTests}</p> : <Tests tests={tests} />}
    </Section>
  )
}

const RESULT_TONES: Readonly<Record<Clause['tests'][number]['result'], Tone>> = {
  passed: 'met',
  failed: 'late',
  skipped: 'neutral',
}

function Tests({ tests }: { readonly tests: Clause['tests'] }) {
  const text = useText()
  return (
    <ul className={styles.tests}>
      {tests.map(({ file, name, result, on }) => (
        <li key={`${file} ${name}`}>
          <Badge tone={RESULT_TONES[result]}>{text.clausePage[result]}</Badge> <span lang="en">{name}</span>
          <span className={styles.testFile}>
            {file} · <DateText value={on} />
          </span>
        </li>
      ))}
    </ul>
  )
}
