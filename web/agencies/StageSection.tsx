import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { Badge } from '../ui/Badge.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { formatMoney, formatNumber } from '../ui/format.ts'
import { either, language } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { Masked, MoneyText, Unknown } from '../ui/values.tsx'
import { type StageExplanation, useDaysAsked, useText, useZoneNames } from './queries.ts'
import styles from './agencies.module.css'

type StageNumber = StageExplanation['numbers'][number]

/** The stage, the rule, and every number the rule looked at: enough to compute it again on paper. */
export function StageSection({ code }: { readonly code: string }) {
  const text = useText()
  const stage = useQuery(api.agencies.stage.queryOptions({ input: { code, ...useDaysAsked() } }))
  return (
    <Section title={text.stage.title} note={text.stage.note} layout="stacked">
      <Loaded query={stage} text={text.errors}>
        {(found) => (
          <>
            <Verdict found={found} />
            <Numbers found={found} />
          </>
        )}
      </Loaded>
    </Section>
  )
}

function Verdict({ found }: { readonly found: StageExplanation }) {
  const text = useText()
  const names = useZoneNames()
  const { stage, certain, carrier, placedIn, rule } = found
  const elsewhere = placedIn !== null && carrier !== null && placedIn !== carrier.id
  return (
    <div className={styles.stage}>
      <p>
        <strong>{text.stage.is(text.stages[stage])}</strong>{' '}
        {rule.sample && <Badge tone="risk">{text.stage.sample}</Badge>}
      </p>
      {carrier && (
        <p>
          {text.stage.carrier(names.carrier(carrier.id))}{' '}
          {elsewhere && text.stage.elsewhere(names.carrier(placedIn))}
        </p>
      )}
      {!certain && <Notice tone="info">{text.stage.uncertain}</Notice>}
      <p className={styles.fine}>
        {text.stage.rule(rule.from)}{' '}
        {rule.clauses.map((clause) => (
          <TextLink key={clause} href={`/clauses/${clause}`}>
            {clause}
          </TextLink>
        ))}
      </p>
      {rule.sample && <p className={styles.fine}>{either(rule.source)}</p>}
    </div>
  )
}

function Numbers({ found: { numbers, needed } }: { readonly found: StageExplanation }) {
  const text = useText()
  return (
    <DataTable
      caption={text.stage.table}
      rows={numbers}
      rowKey={({ stage, fact }) => `${stage} ${fact}`}
      columns={[
        {
          name: 'stage',
          header: text.stage.stage,
          cell: ({ stage }) => text.stage.needed(text.stages[stage], formatNumber(needed[stage] ?? 0)),
        },
        { name: 'condition', header: text.stage.condition, cell: (number) => <Condition number={number} /> },
        {
          name: 'number',
          header: text.stage.number,
          numeric: true,
          cell: (number) => <Known number={number} />,
        },
        { name: 'met', header: text.stage.met, cell: ({ met }) => <Met met={met} /> },
        {
          name: 'from',
          header: text.stage.from,
          cell: ({ source, asOf }) => (source === null ? <Unknown /> : `${source} · ${asOf ?? ''}`),
        },
      ]}
    />
  )
}

function Condition({ number: { fact, atLeast } }: { readonly number: StageNumber }) {
  const text = useText()
  const limit =
    fact === 'annualRevenueFen' ? formatMoney(BigInt(atLeast), 'CNY', language) : formatNumber(atLeast)
  return `${text.stage.facts[fact]} ${text.stage.atLeast(limit)}`
}

function Known({ number: { fact, value, masked } }: { readonly number: StageNumber }) {
  if (masked) return <Masked />
  if (fact === 'annualRevenueFen') return <MoneyText fen={value} />
  return value === null ? <Unknown /> : formatNumber(value)
}

function Met({ met }: { readonly met: boolean | null }) {
  const text = useText()
  if (met === null) return <Badge>{text.stage.unknown}</Badge>
  return met ? <Badge tone="met">{text.stage.yes}</Badge> : <Badge>{text.stage.no}</Badge>
}
