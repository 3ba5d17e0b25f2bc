import { useQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { Badge } from '../ui/Badge.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { Facts } from '../ui/Facts.tsx'
import { formatNumber } from '../ui/format.ts'
import { either, useMessages } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { MomentText } from '../ui/values.tsx'
import { ValueText } from './figures.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import { RestatementList } from './RestatementList.tsx'
import styles from './Statistics.module.css'

type Snapshot = Awaited<ReturnType<typeof client.statistics.snapshot>>

/** One day as it was frozen: every figure with its hash, and what was corrected since. */
export function SnapshotPage() {
  const text = useMessages({ zh, en })
  const id = usePathParameter('id')
  const query = useQuery(api.statistics.snapshot.queryOptions({ input: { id } }))
  return (
    <Page
      title={query.data === undefined ? text.snapshots.title : text.snapshots.of(query.data.asOf)}
      crumbs={[
        { text: text.board.title, href: '/board' },
        { text: text.snapshots.title, href: '/snapshots' },
      ]}
    >
      <Loaded query={query} text={text.errors}>
        {(snapshot) => <SnapshotBody snapshot={snapshot} />}
      </Loaded>
    </Page>
  )
}

/** How many rows the figure opens to; where even that is hidden, the word for it. */
function useRecordsOf() {
  const { restatements } = useMessages({ zh, en })
  return ({ parts }: Snapshot['items'][number]) => {
    const total = parts[0]?.total
    return total === null || total === undefined ? restatements.hidden : formatNumber(total)
  }
}

function SnapshotBody({ snapshot }: { readonly snapshot: Snapshot }) {
  const { snapshots: text, restatements, indicator, table } = useMessages({ zh, en })
  const records = useRecordsOf()
  return (
    <>
      <Facts
        rows={[
          // Typed by the one who froze it, in Chinese as a rule.
          { label: text.name, value: <span lang="zh">{snapshot.title}</span> },
          { label: text.takenAt, value: <MomentText value={snapshot.takenAt} /> },
          {
            label: text.digest,
            value: <code className={styles.hash}>{snapshot.digest}</code>,
            note: text.verifyNote,
          },
          {
            label: text.entry,
            value: <TextLink href={`/ledger/entries/${snapshot.entryId}`}>{snapshot.entryId}</TextLink>,
          },
          { label: text.zoneVersion, value: <code className={styles.hash}>{snapshot.zoneVersion}</code> },
        ]}
      />
      <Section title={text.item} layout="stacked">
        <DataTable
          caption={table(text.item)}
          columns={[
            {
              name: 'item',
              header: text.item,
              cell: (row) => (
                <div className={styles.name}>
                  <TextLink href={`/indicators/${row.code}?asOf=${snapshot.asOf}`}>
                    {either(row.names)}
                  </TextLink>
                  {row.revision > 0 && <Badge tone="info">{indicator.revision(row.revision)}</Badge>}
                </div>
              ),
            },
            {
              name: 'value',
              header: text.value,
              numeric: true,
              cell: (row) => <ValueText value={row.value} unit={row.unit} suppressed={row.suppressed} />,
            },
            { name: 'verdict', header: text.verdict, cell: (row) => text.verdicts[row.verdict] },
            {
              name: 'records',
              header: indicator.records,
              cell: (row) => <a href={row.recordsUrl}>{records(row)}</a>,
            },
            {
              name: 'digest',
              header: text.digest,
              cell: (row) => (
                <code className={styles.mark} title={row.digest}>
                  {row.digest.slice(0, 12)}
                </code>
              ),
            },
          ]}
          rows={snapshot.items}
          rowKey={({ code, revision }) => `${code}-${revision}`}
        />
      </Section>
      <Section title={restatements.title} layout="stacked">
        <RestatementList items={snapshot.restated} />
      </Section>
    </>
  )
}
