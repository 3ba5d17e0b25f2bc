import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { formatNumber } from '../ui/format.ts'
import { useMessages } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { MomentText } from '../ui/values.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import styles from './Statistics.module.css'

export function SnapshotsPage() {
  const text = useMessages({ zh, en })
  const session = useSession()
  const query = useQuery(api.statistics.snapshots.queryOptions())
  return (
    <Page
      title={text.snapshots.title}
      lede={text.snapshots.lede}
      crumbs={[{ text: text.board.title, href: '/board' }]}
      actions={
        <>
          <ButtonLink href="/reports">{text.snapshots.reports}</ButtonLink>
          <ButtonLink href="/restatements">{text.snapshots.log}</ButtonLink>
          {session.has('statistician', 'auditor') && (
            <ButtonLink href="/work/snapshots">{text.snapshots.desk}</ButtonLink>
          )}
        </>
      }
    >
      <Loaded query={query} text={text.errors}>
        {({ items, total }) => (
          <DataTable
            caption={text.snapshots.title}
            columns={[
              {
                name: 'asOf',
                header: text.snapshots.asOf,
                cell: (row) => <TextLink href={`/snapshots/${row.id}`}>{row.asOf}</TextLink>,
              },
              { name: 'title', header: text.snapshots.name, cell: (row) => row.title },
              {
                name: 'figures',
                header: text.snapshots.figures,
                numeric: true,
                cell: (row) => formatNumber(row.figures),
              },
              {
                name: 'restatements',
                header: text.snapshots.restatements,
                numeric: true,
                cell: (row) => formatNumber(row.restatements),
              },
              {
                name: 'takenAt',
                header: text.snapshots.takenAt,
                cell: (row) => <MomentText value={row.takenAt} />,
              },
              {
                name: 'digest',
                header: text.snapshots.digest,
                cell: (row) => <code className={styles.mark}>{row.digest.slice(0, 16)}</code>,
              },
            ]}
            rows={items}
            rowKey={({ id }) => id}
            total={total}
            empty={{ title: text.snapshots.empty, next: text.snapshots.emptyNext }}
          />
        )}
      </Loaded>
    </Page>
  )
}
