import { useQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { Figure } from '../ui/Figure.tsx'
import { Facts, type Fact } from '../ui/Facts.tsx'
import { isCalendarDate } from '../ui/format.ts'
import { either, useMessages } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter, useSearchState } from '../ui/search-state.ts'
import { TargetBar } from '../ui/TargetBar.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { DateText, NumberText } from '../ui/values.tsx'
import { BreakdownSection } from './BreakdownSection.tsx'
import {
  inShownUnit,
  plannedInShownUnit,
  useReason,
  useStanding,
  useWithheld,
  ValueText,
} from './figures.tsx'
import { FrozenFigures } from './FrozenFigures.tsx'
import { HistoryChart } from './HistoryChart.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import { RecordsSection } from './RecordsSection.tsx'
import styles from './Statistics.module.css'

export type IndicatorAnswer = Awaited<ReturnType<typeof client.statistics.indicator>>

/** One number: what it means, where it stands, how it came there, and every record it counts. */
export function IndicatorPage() {
  const text = useMessages({ zh, en })
  const code = usePathParameter('code')
  const day = useSearchState().text('asOf')
  const asOf = isCalendarDate(day) ? day : undefined
  const input = { code, ...(asOf === undefined ? {} : { asOf }) }
  const query = useQuery(api.statistics.indicator.queryOptions({ input }))
  const indicator = query.data
  const board = `/board${asOf === undefined ? '' : `?asOf=${asOf}`}`
  return (
    <Page
      title={indicator === undefined ? text.board.title : either(indicator.names)}
      eyebrow={indicator?.clauses.join(' ')}
      crumbs={[{ text: text.indicator.back, href: board }]}
    >
      <Loaded query={query} text={text.errors}>
        {(loaded) => <IndicatorBody indicator={loaded} asOf={asOf} />}
      </Loaded>
    </Page>
  )
}

function IndicatorBody({
  indicator,
  asOf,
}: {
  readonly indicator: IndicatorAnswer
  readonly asOf: string | undefined
}) {
  const { indicator: text } = useMessages({ zh, en })
  return (
    <>
      <Headline indicator={indicator} />
      <Section title={text.definition}>
        <Facts rows={useFacts(indicator)} />
      </Section>
      {indicator.history.length > 0 && (
        <Section title={text.history} note={text.historyNote} layout="stacked">
          <HistoryChart indicator={indicator} />
        </Section>
      )}
      {indicator.dimensions.length > 0 && <BreakdownSection code={indicator.code} asOf={asOf} />}
      <div id="records" className={styles.anchor}>
        {(indicator.parts.length > 0 ? indicator.parts : [{ part: 'records' as const }]).map(({ part }) => (
          <RecordsSection
            key={part}
            code={indicator.code}
            part={part}
            asOf={asOf}
            named={indicator.parts.length > 1}
          />
        ))}
      </div>
      <FrozenFigures indicator={indicator} />
    </>
  )
}

function Headline({ indicator }: { readonly indicator: IndicatorAnswer }) {
  const reason = useReason()(indicator.reason)
  const standing = useStanding(indicator)
  const withheld = useWithheld()(indicator.suppressed)
  const unit = either(indicator.unitWords)
  const { operator } = indicator
  const value = (stored: number | null) => inShownUnit(stored, indicator.unitWords)
  const target = value(indicator.target)
  return (
    <div className={styles.headline}>
      <Figure
        label={either(indicator.names)}
        value={value(indicator.value)}
        unit={unit}
        href={`/indicators/${indicator.code}?asOf=${indicator.asOf}#records`}
        {...(operator === null ? {} : { operator, standing })}
        target={target}
        targetYear={indicator.targetYear ?? undefined}
        met={indicator.met}
        asOf={indicator.asOf}
        withheld={withheld}
      />
      <div>
        {operator !== null && target !== null && (
          <TargetBar
            label={either(indicator.names)}
            actual={value(indicator.value)}
            target={target}
            operator={operator}
            unit={unit}
            baseline={value(indicator.baseline?.value ?? null)}
            path={plannedInShownUnit(indicator.planned, indicator.unitWords)}
            tone={standing.tone}
          />
        )}
        {reason !== undefined && <p className={styles.quiet}>{reason}</p>}
        {indicator.suppressed !== null && <Why suppressed={indicator.suppressed} />}
      </div>
    </div>
  )
}

function Why({ suppressed }: { readonly suppressed: 'small' | 'dominated' }) {
  const { withheld } = useMessages({ zh, en })
  return <p className={styles.quiet}>{suppressed === 'small' ? withheld.smallWhy : withheld.dominatedWhy}</p>
}

/** The definition in the order in which a sceptic asks: what, how, since when, by whose word, against what. */
function useFacts(indicator: IndicatorAnswer): Fact[] {
  const { indicator: text, noComparator, clause } = useMessages({ zh, en })
  const { kind, scale, period, baseline, comparator, comparatorNames, parts, unitWords } = indicator
  const facts: Fact[] = [
    {
      label: text.definition,
      value: either(indicator.definition),
      note: indicator.definitionVersion && text.version(indicator.definitionVersion),
    },
  ]
  if (kind !== null)
    facts.push({
      label: text.formula,
      value: `${text.kinds[kind]}${scale === null ? '' : ` ${text.scale(scale)}`}`,
    })
  if (parts.length > 1) facts.push({ label: text.parts, value: <Parts parts={parts} /> })
  if (period !== null) {
    const since = period.since === null ? '' : ` ${text.since(period.since)}`
    facts.push({
      label: text.period,
      value: `${text.periods[period.choice]}${since}`,
      note: period.stated ? either(period.note) : `${text.zoneChoice}${either(period.note)}`,
    })
  }
  facts.push({
    label: clause,
    value: indicator.clauses.map((id) => (
      <TextLink key={id} className={styles.clause} href={`/clauses/${id}`}>
        {id}
      </TextLink>
    )),
  })
  if (baseline !== null) {
    const { url } = baseline.source
    const source = { name: either(baseline.source), ...(url === undefined ? {} : { href: url }) }
    const note = baseline.atLeast ? text.baselineAtLeast : baseline.note && either(baseline.note)
    facts.push({
      label: text.baseline,
      value: <ValueText value={baseline.value} unit={unitWords} />,
      asOf: baseline.date,
      source,
      note,
    })
  }
  if (comparatorNames !== null) {
    facts.push(
      comparator === null
        ? { label: text.comparator, value: noComparator(either(comparatorNames)) }
        : {
            label: text.comparator,
            value: <ValueText value={comparator.value} unit={unitWords} />,
            source: { name: either(comparator.source) },
            note: `${either(comparator.definition)} (${comparator.period})`,
          },
    )
  }
  if (indicator.planned !== null) {
    facts.push({
      label: text.planned,
      value: <NumberText value={plannedInShownUnit(indicator.planned, unitWords)} unit={either(unitWords)} />,
    })
  }
  facts.push({ label: text.confidentiality, value: text.levels[indicator.confidentiality] })
  return facts
}

function Parts({ parts }: { readonly parts: IndicatorAnswer['parts'] }) {
  const { indicator: text } = useMessages({ zh, en })
  return (
    <ul className={styles.changes}>
      {parts.map(({ part, value, unit, suppressed, from, to, stated }) => (
        <li key={part}>
          {text.part[part]} <ValueText value={value} unit={unit} suppressed={suppressed} />{' '}
          {stated === null ? (
            <span className={styles.quiet}>
              <DateText value={from} /> – <DateText value={to} />
            </span>
          ) : (
            <span
              className={styles.quiet}
            >{`${either(stated.definition)}(${stated.period}) ${either(stated.source)}`}</span>
          )}
        </li>
      ))}
    </ul>
  )
}
