import { Badge } from '../ui/Badge.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { formatShare } from '../ui/format.ts'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import type { Coverage } from './queries.ts'
import { STATUS_TONES, STATUSES } from './status.ts'
import { useText } from './text.ts'
import styles from './zone.module.css'

/** How far the plan is covered: three numbers that add up, what each means, and the same by area. */
export function CoverageSummary({ coverage }: { readonly coverage: Coverage }) {
  const text = useText()
  const { proved, total, evidenceOn, features } = coverage
  return (
    <Section
      title={text.coverage.summary(proved, total)}
      note={
        <>
          {evidenceOn && text.coverage.evidence(evidenceOn)}{' '}
          {text.coverage.features(features.proved, features.total)}
        </>
      }
    >
      {!evidenceOn && (
        <div className={styles.notice}>
          <Notice tone="risk" title={text.coverage.noEvidence} />
        </div>
      )}
      <dl className={styles.tally}>
        {STATUSES.map((status) => (
          <div key={status}>
            <dt>
              <Badge tone={STATUS_TONES[status]}>{text.coverage[status]}</Badge>
            </dt>
            <dd>
              <TextLink className={styles.tallyNumber} href={`/clauses?status=${status}`}>
                {coverage[status]}
              </TextLink>
              <span className={styles.tallyShare}>{formatShare(coverage[status] / total)}</span>
              <p>{text.coverage[`${status}Hint`]}</p>
            </dd>
          </div>
        ))}
      </dl>
      <details className={styles.byArea}>
        <summary>{text.coverage.byArea}</summary>
        <DataTable
          caption={text.coverage.byArea}
          columns={[
            {
              name: 'area',
              header: text.coverage.area,
              cell: ({ area }) => <TextLink href={`/clauses?area=${area}`}>{text.areas[area]}</TextLink>,
            },
            { name: 'total', header: text.coverage.total, numeric: true, cell: (row) => row.total },
            ...STATUSES.map((status) => ({
              name: status,
              header: text.coverage[status],
              numeric: true,
              cell: (row: Coverage['areas'][number]) => row[status],
            })),
            {
              name: 'share',
              header: text.coverage.share,
              numeric: true,
              cell: (row) => formatShare(row.proved / row.total),
            },
          ]}
          rows={coverage.areas}
          rowKey={({ area }) => area}
        />
      </details>
    </Section>
  )
}
