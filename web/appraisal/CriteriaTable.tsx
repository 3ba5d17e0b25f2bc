import { Badge } from '../ui/Badge.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { either } from '../ui/language.ts'
import { TextLink } from '../ui/TextLink.tsx'
import styles from './appraisal.module.css'
import type { Scheme } from './queries.ts'
import { type Text, useText } from './text.ts'

type Item = Scheme['classes'][number]['items'][number]

/** One version of the criteria: what each item counts and how, who is excluded, who is chosen, and how ties are parted. */
export function CriteriaTable({ scheme }: { readonly scheme: Scheme }) {
  const text = useText()
  const { excellence, ties, vetoes, classes, sample, source } = scheme
  return (
    <>
      <p>
        {text.criteria.choice(excellence.atLeast, excellence.atMostPercent)}{' '}
        {text.criteria.ties(ties.map((measure) => text.measures[measure].name).join(text.comma))}{' '}
        {sample && <Badge tone="risk">{text.criteria.sample}</Badge>}
      </p>
      <p>
        {text.criteria.source}: {either(source)}
      </p>
      {classes.map(({ code, names, items }) => (
        <div key={code} className={styles.group}>
          <h3>{either(names)}</h3>
          <DataTable
            caption={`${text.criteria.title}: ${either(names)}`}
            rows={items}
            rowKey={(item) => item.code}
            columns={[
              { name: 'item', header: text.criteria.item, cell: (item) => either(item.names) },
              {
                name: 'counts',
                header: text.criteria.counts,
                cell: (item) => text.measures[item.measure].what,
              },
              {
                name: 'weight',
                header: text.criteria.weight,
                numeric: true,
                cell: ({ kind, weight }) => (kind === 'deduct' ? `−${weight}` : weight),
              },
              { name: 'rule', header: text.criteria.rule, cell: (item) => ruleWords(item, text) },
              {
                name: 'clause',
                header: text.criteria.clause,
                cell: ({ clauses }) => <Clauses clauses={clauses} />,
              },
            ]}
          />
        </div>
      ))}
      {vetoes.length > 0 && (
        <div className={styles.group}>
          <h3>{text.criteria.vetoes}</h3>
          <p>{text.criteria.vetoNote}</p>
          <ul>
            {vetoes.map((veto) => (
              <li key={veto.code}>
                {text.criteria.veto(either(veto.names), veto.atLeast)} <Clauses clauses={veto.clauses} />{' '}
                {veto.sample && <Badge tone="risk">{text.criteria.sample}</Badge>}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

function ruleWords(item: Item, text: Text): string {
  if (item.kind === 'share') return text.criteria.share(item.full)
  return item.kind === 'duty' ? text.criteria.duty : text.criteria.deduct(item.each, item.weight)
}

export function Clauses({ clauses }: { readonly clauses: readonly string[] }) {
  return (
    <span className={styles.clauses}>
      {clauses.map((clause) => (
        <TextLink key={clause} href={`/clauses/${clause}`}>
          {clause}
        </TextLink>
      ))}
    </span>
  )
}
