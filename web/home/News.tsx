import { useQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { formatNumber } from '../ui/format.ts'
import { either, useMessages } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Section } from '../ui/Page.tsx'
import { Empty, Skeleton } from '../ui/states.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { DateText, RecordText } from '../ui/values.tsx'
import styles from './HomePage.module.css'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

const SHOWN = 5

interface Publication {
  readonly key: string
  readonly on: string
  readonly kind: 'snapshot' | 'restatement'
  readonly title: string
  readonly note?: string
  readonly href: string
}

type Snapshots = Awaited<ReturnType<typeof client.statistics.snapshots>>['items']
type Restatements = Awaited<ReturnType<typeof client.statistics.restatements>>['items']

/** The latest publications with their dates: frozen figures, and what was corrected since. */
export function News() {
  const text = useMessages({ zh, en })
  const snapshots = useQuery(api.statistics.snapshots.queryOptions({}))
  const restatements = useQuery(api.statistics.restatements.queryOptions({}))
  return (
    <Section
      title={text.news}
      note={text.newsNote}
      actions={<TextLink href="/snapshots">{text.newsMore}</TextLink>}
    >
      <Loaded query={snapshots} skeleton={<Skeleton lines={3} />}>
        {({ items }) => <Publications items={latest(items, restatements.data?.items ?? [], text)} />}
      </Loaded>
    </Section>
  )
}

function Publications({ items }: { readonly items: readonly Publication[] }) {
  const text = useMessages({ zh, en })
  if (items.length === 0) return <Empty title={text.newsEmpty}>{text.newsEmptyNext}</Empty>
  return (
    <ol className={styles.news}>
      {items.map(({ key, on, kind, title, note, href }) => (
        <li className={styles.newsItem} key={key}>
          <DateText value={on} />
          <span className={styles.newsKind}>{text.kinds[kind]}</span>
          <span>
            <TextLink href={href}>
              <RecordText>{title}</RecordText>
            </TextLink>
            {note && <span className={styles.newsNote}>{note}</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}

type Words = ReturnType<typeof useMessages<typeof zh>>

function latest(snapshots: Snapshots, restatements: Restatements, text: Words): readonly Publication[] {
  const frozen = snapshots.map(({ id, asOf, title, figures }): Publication => ({
    key: id,
    on: asOf,
    kind: 'snapshot',
    title,
    note: text.figures(formatNumber(figures)),
    href: `/snapshots/${id}`,
  }))
  const corrected = restatements.map(({ id, madeAt, names, snapshotId }): Publication => ({
    key: id,
    on: madeAt,
    kind: 'restatement',
    title: text.restated(either(names)),
    href: `/snapshots/${snapshotId}`,
  }))
  return [...frozen, ...corrected].sort((a, b) => b.on.localeCompare(a.on)).slice(0, SHOWN)
}
