import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '../ui/Button.tsx'
import { formatNumber } from '../ui/format.ts'
import { useMessages } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { Empty } from '../ui/states.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import { API_ROOT, byRoom, openApiQuery, type Operation } from './openapi.ts'
import { OperationEntry } from './OperationEntry.tsx'
import styles from './ApiPage.module.css'

/** The API for people: every operation of the contract, room by room. */
export function ApiPage() {
  const { api: text, ...room } = useMessages({ zh, en })
  const operations = useQuery(openApiQuery)
  const search = useSearchState()
  return (
    <Page
      title={text.title}
      lede={text.lede}
      crumbs={[{ text: room.title, href: '/open-data' }]}
      actions={<ButtonLink href={`${API_ROOT}/openapi.json`}>{room.document}</ButtonLink>}
    >
      <div className={styles.tools}>
        <SearchField value={search.text('q')} label={text.filter} onChange={(q) => search.set({ q })} />
        {text.note && <p className={styles.note}>{text.note}</p>}
      </div>
      <Loaded query={operations}>{(all) => <Operations all={all} wanted={search.text('q')} />}</Loaded>
    </Page>
  )
}

function Operations({ all, wanted }: { readonly all: readonly Operation[]; readonly wanted: string }) {
  const { api: text } = useMessages({ zh, en })
  const shown = all.filter((operation) => matches(operation, wanted))
  if (shown.length === 0) return <Empty title={text.none}>{text.noneNext}</Empty>
  return [...byRoom(shown)].map(([room, operations]) => (
    <Section key={room} title={text.rooms[room] ?? room} note={text.count(formatNumber(operations.length))}>
      {operations.map((operation) => (
        // The one that a link pointed at is open on arrival.
        <OperationEntry
          key={operation.id}
          operation={operation}
          open={shown.length === 1 || operation.path === wanted}
        />
      ))}
    </Section>
  ))
}

function matches({ path, summary, id }: Operation, wanted: string): boolean {
  const words = wanted.toLowerCase()
  return `${path} ${summary} ${id}`.toLowerCase().includes(words)
}
