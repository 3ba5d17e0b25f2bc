import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { useSession } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { MomentText } from '../ui/values.tsx'
import { useText } from './text.ts'

/** Every published edition of the development report, and for those who write them the drafts. */
export function ReportsPage() {
  const text = useText()
  const session = useSession()
  const query = useQuery(api.reports.list.queryOptions())
  return (
    <Page
      title={text.title}
      lede={text.lede}
      actions={session.has('statistician') && <ButtonLink href="/work/reports">{text.desk}</ButtonLink>}
    >
      <Loaded query={query} text={text.errors}>
        {({ items, total }) => (
          <DataTable
            caption={text.count(total)}
            columns={[
              {
                name: 'year',
                header: text.year,
                cell: (row) => (
                  <TextLink href={`/reports/${row.id}`}>{text.name(row.year, row.edition)}</TextLink>
                ),
              },
              {
                name: 'state',
                header: text.state,
                cell: (row) => (
                  <Badge tone={row.superseded ? 'neutral' : row.state === 'published' ? 'met' : 'info'}>
                    {row.superseded ? text.superseded : text.states[row.state]}
                  </Badge>
                ),
              },
              {
                name: 'snapshot',
                header: text.snapshot,
                cell: (row) => (
                  <TextLink href={`/snapshots/${row.snapshot.id}`}>{row.snapshot.asOf}</TextLink>
                ),
              },
              {
                name: 'publishedAt',
                header: text.publishedAt,
                cell: (row) => row.publishedAt && <MomentText value={row.publishedAt} />,
              },
            ]}
            rows={items}
            rowKey={({ id }) => id}
            total={total}
            empty={{ title: text.empty, next: text.emptyNext }}
          />
        )}
      </Loaded>
    </Page>
  )
}
