import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { More } from '../../ui/More.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { usePathParameter } from '../../ui/search-state.ts'
import { Empty } from '../../ui/states.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { MomentText, NumberText } from '../../ui/values.tsx'
import styles from './near.module.css'
import { type Cluster, type Run, scopeWords, share, useText } from './queries.ts'
import { RuleNote } from './RuleNote.tsx'
import { isOpen, TONES } from './RunsPage.tsx'

const WATCHED = 1000

/** One search: how far it is, and the clusters that it found. */
export function RunPage() {
  const text = useText()
  const id = usePathParameter('id')
  const found = useQuery({
    ...api.nearDuplicates.run.queryOptions({ input: { id } }),
    refetchInterval: ({ state: { data } }) => (data !== undefined && isOpen(data) ? WATCHED : false),
  })
  const run = found.data
  return (
    <Page
      title={run === undefined ? text.title : scopeWords(run, text)}
      crumbs={[{ text: text.title, href: '/work/patents/near-duplicates' }]}
      badges={run && <Badge tone={TONES[run.state]}>{text.states[run.state]}</Badge>}
    >
      <Loaded query={found} text={text.errors}>
        {(one) => (
          <>
            {isOpen(one) && <UnderWay run={one} />}
            {one.failure !== null && <Notice tone="late">{text.run.failures[one.failure]}</Notice>}
            {one.state === 'finished' && <Result run={one} />}
            <RuleNote rule={one.rule} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function UnderWay({ run }: { readonly run: Run }) {
  const text = useText()
  return (
    <Section title={text.run.progress} layout="stacked">
      <p>{run.state === 'waiting' ? text.run.waiting : text.run.running}</p>
      <Progress label={text.run.progress} share={run.share} />
    </Section>
  )
}

function Result({ run }: { readonly run: Run }) {
  const text = useText()
  const version = formatNumber(run.dataVersion ?? 0)
  return (
    <>
      {run.capped && <Notice tone="risk">{text.run.capped}</Notice>}
      <Section title={text.run.facts} note={text.run.frozen(version)}>
        <Facts
          label={text.run.facts}
          rows={[
            { label: text.runs.documents, value: <NumberText value={run.documents ?? 0} /> },
            { label: text.runs.pairs, value: <NumberText value={run.pairs ?? 0} /> },
            { label: text.runs.clusters, value: <NumberText value={run.clusters ?? 0} /> },
            { label: text.run.version, value: version },
            { label: text.runs.ordered, value: <MomentText value={run.orderedAt} /> },
          ]}
        />
      </Section>
      <Section title={text.run.clusters} note={text.run.clustersNote} layout="stacked">
        <Clusters run={run} />
      </Section>
    </>
  )
}

function Clusters({ run }: { readonly run: Run }) {
  const text = useText()
  const clusters = useInfiniteQuery(
    api.nearDuplicates.clusters.infiniteOptions({
      input: (cursor: string | undefined) => ({
        id: run.id,
        limit: 50,
        ...(cursor !== undefined && { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  return (
    <Loaded query={clusters} text={text.errors}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items)
        if (items.length === 0)
          return <Empty title={text.run.none}>{text.run.noneNext(share(run.rule.near))}</Empty>
        return (
          <>
            <ul className={styles['items']}>
              {items.map((cluster) => (
                <Row key={cluster.number} cluster={cluster} run={run.id} />
              ))}
            </ul>
            <More
              shown={items.length}
              total={pages[0]?.total ?? items.length}
              hasMore={clusters.hasNextPage}
              busy={clusters.isFetchingNextPage}
              onMore={() => void clusters.fetchNextPage()}
            />
          </>
        )
      }}
    </Loaded>
  )
}

function Row({ cluster, run }: { readonly cluster: Cluster; readonly run: string }) {
  const text = useText()
  const { number, title, documents, applicants, closest, firstFiledOn, lastFiledOn } = cluster
  return (
    <li>
      <h3>
        <TextLink href={`/work/patents/near-duplicates/${run}/${number}`}>{title}</TextLink>
      </h3>
      <p className={styles['line']}>
        {[
          text.run.cluster(formatNumber(documents)),
          text.run.applicants(formatNumber(applicants)),
          text.run.closest(share(closest)),
          firstFiledOn === null ? text.noDay : text.run.days(firstFiledOn, lastFiledOn ?? firstFiledOn),
        ].join(' · ')}
      </p>
    </li>
  )
}
