import { useQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { Badge } from '../ui/Badge.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { Facts } from '../ui/Facts.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { RecordText } from '../ui/values.tsx'
import { useText } from './queries.ts'

type Version = Awaited<ReturnType<typeof client.plan.version>>
type Planned = Version['content'][number]

/** A version of the plan, word for word, and what it changed. */
export function VersionPage() {
  const text = useText()
  const [year, number] = [usePathParameter('year'), usePathParameter('number')]
  const version = useQuery(
    api.plan.version.queryOptions({ input: { year: Number(year), number: Number(number) } }),
  )
  return (
    <Page
      title={text.version.title(year, number)}
      lede={text.version.lede}
      crumbs={[{ text: text.title, href: '/plan/progress' }]}
      {...(version.data && { badges: <Badge>{text.desk.states[version.data.state]}</Badge> })}
    >
      <Loaded query={version} text={text.errors}>
        {(found) => (
          <>
            <Facts
              rows={[
                { label: text.version.cause, value: <RecordText>{found.cause}</RecordText> },
                {
                  label: text.version.note,
                  value: found.decisionNote === null ? null : <RecordText>{found.decisionNote}</RecordText>,
                  ...(found.decidedAt !== null && { asOf: found.decidedAt.slice(0, 10) }),
                },
              ]}
            />
            <Changes version={found} />
            <Content version={found} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Changes({ version: { changes, number } }: { readonly version: Version }) {
  const text = useText()
  const { columns } = text.version
  if (number === 1) return <p>{text.version.first}</p>
  return (
    <Section title={text.version.changes} layout="stacked">
      <DataTable
        caption={text.version.columns.kind}
        rows={changes}
        rowKey={({ code }) => code}
        columns={[
          { name: 'code', header: columns.code, cell: ({ code }) => code },
          { name: 'task', header: columns.task, cell: ({ title }) => <RecordText>{title}</RecordText> },
          { name: 'kind', header: columns.kind, cell: ({ kind }) => text.desk.kinds[kind] },
          { name: 'before', header: columns.before, cell: ({ before }) => <Days planned={before} /> },
          { name: 'after', header: columns.after, cell: ({ after }) => <Days planned={after} /> },
        ]}
      />
    </Section>
  )
}

function Days({ planned }: { readonly planned: Planned | null }) {
  const text = useText()
  return planned === null ? text.gantt.noDays : text.gantt.span(planned.startsOn, planned.dueOn)
}

function Content({ version: { content } }: { readonly version: Version }) {
  const text = useText()
  const { columns } = text.version
  return (
    <Section title={text.version.content} layout="stacked">
      <DataTable
        caption={text.progress.all}
        rows={content}
        rowKey={({ code }) => code}
        columns={[
          { name: 'code', header: columns.code, cell: ({ code }) => code },
          { name: 'task', header: columns.task, cell: ({ title }) => <RecordText>{title}</RecordText> },
          { name: 'days', header: columns.days, cell: (planned) => <Days planned={planned} /> },
          { name: 'target', header: columns.target, cell: ({ target }) => <RecordText>{target}</RecordText> },
        ]}
      />
    </Section>
  )
}
