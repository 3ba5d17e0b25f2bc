import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '../ui/Button.tsx'
import { Facts } from '../ui/Facts.tsx'
import { useMessages } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { RegisterRow } from '../ui/RegisterList.tsx'
import { Empty } from '../ui/states.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import { API_ROOT, isDataset, openApiQuery, type Operation } from './openapi.ts'

/** What can be taken away whole, read from the API's own description so that nothing is listed that is not there. */
export function OpenDataPage() {
  const text = useMessages({ zh, en })
  const operations = useQuery(openApiQuery)
  return (
    <Page
      title={text.title}
      lede={text.lede}
      actions={
        <>
          <ButtonLink kind="primary" href="/api">
            {text.reference}
          </ButtonLink>
          <ButtonLink href={`${API_ROOT}/openapi.json`}>{text.document}</ButtonLink>
        </>
      }
    >
      <Section title={text.datasets} note={text.datasetsNote}>
        <Loaded query={operations}>{(all) => <Datasets operations={all} />}</Loaded>
      </Section>
      <Section title={text.conventions}>
        <Facts rows={text.rules.map(([label, value]) => ({ label: label ?? '', value }))} />
      </Section>
    </Page>
  )
}

function Datasets({ operations }: { readonly operations: readonly Operation[] }) {
  const text = useMessages({ zh, en })
  const datasets = operations.filter(isDataset)
  const tables = new Set(operations.filter(({ path }) => path.endsWith('.csv')).map(({ path }) => path))
  if (datasets.length === 0) return <Empty title={text.empty} />
  return (
    <ul>
      {datasets.map((operation) => (
        <li key={operation.id}>
          <Dataset operation={operation} table={tables.has(`${operation.path}.csv`)} />
        </li>
      ))}
    </ul>
  )
}

function Dataset({
  operation: { id, path, summary },
  table,
}: {
  readonly operation: Operation
  readonly table: boolean
}) {
  const text = useMessages({ zh, en })
  const known = text.names[id]
  const links = (
    <>
      <a href={API_ROOT + path}>{text.json}</a>
      {table && (
        <>
          {' · '}
          <a href={`${API_ROOT}${path}.csv`} download>
            {text.csv}
          </a>
        </>
      )}
    </>
  )
  return (
    <RegisterRow
      href={`/api?q=${encodeURIComponent(path)}`}
      title={known?.[0] ?? <EnglishOnly>{summary}</EnglishOnly>}
      note={links}
    >
      {known?.[1]} <code>{API_ROOT + path}</code>
    </RegisterRow>
  )
}

/** Words that exist in English alone, marked for those who read the Chinese page. */
export function EnglishOnly({ children }: { readonly children: string }) {
  const text = useMessages({ zh, en })
  return (
    <span lang="en" title={text.onlyEnglish || undefined}>
      {children}
    </span>
  )
}
