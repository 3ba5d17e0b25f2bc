import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { Badge } from '../../ui/Badge.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { usePathParameter } from '../../ui/search-state.ts'
import { TextLink } from '../../ui/TextLink.tsx'
import styles from './near.module.css'
import { type Member, type Pair, patentHref, share, useText } from './queries.ts'
import { SideBySide } from './SideBySide.tsx'

/** The filings of one cluster, and each pair with both texts, as they stood when they were searched. */
export function ClusterPage() {
  const text = useText()
  const id = usePathParameter('id')
  const number = Number(usePathParameter('number'))
  const found = useQuery(api.nearDuplicates.cluster.queryOptions({ input: { id, number } }))
  return (
    <Page
      title={found.data?.title ?? text.cluster.title(formatNumber(number))}
      eyebrow={text.cluster.title(formatNumber(number))}
      crumbs={[
        { text: text.title, href: '/work/patents/near-duplicates' },
        { text: text.run.clusters, href: `/work/patents/near-duplicates/${id}` },
      ]}
      width="full"
    >
      <Loaded query={found} text={text.errors}>
        {({ members, pairs, dataVersion }) => (
          <>
            <Section
              title={text.cluster.members}
              note={text.run.frozen(formatNumber(dataVersion))}
              layout="stacked"
            >
              <ul className={styles['items']}>
                {members.map((member) => (
                  <MemberItem key={member.publicationNumber} member={member} />
                ))}
              </ul>
            </Section>
            <Section
              title={text.cluster.pairs}
              note={text.cluster.pairsNote(formatNumber(pairs.total), formatNumber(pairs.items.length))}
              layout="stacked"
            >
              <ul className={styles['items']}>
                {pairs.items.map((pair) => (
                  <PairItem key={`${pair.one} ${pair.other}`} pair={pair} run={id} />
                ))}
              </ul>
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function MemberItem({ member }: { readonly member: Member }) {
  const text = useText()
  const { publicationNumber, title, applicants, agency, filedOn } = member
  return (
    <li>
      <h3>
        <TextLink href={patentHref(publicationNumber)}>{title}</TextLink>
      </h3>
      <p className={styles['line']}>
        {[publicationNumber, applicants.join(text.separator), agency, filedOn ?? text.noDay]
          .filter((part) => part !== null && part !== '')
          .join(' · ')}
      </p>
    </li>
  )
}

function PairItem({ pair, run }: { readonly pair: Pair; readonly run: string }) {
  const text = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <li>
      <h3>
        {text.cluster.versus(pair.one, pair.other)}{' '}
        <Badge tone={pair.plainlyTheSame ? 'late' : 'risk'}>
          {pair.plainlyTheSame ? text.plainlyTheSame : text.near}
        </Badge>
      </h3>
      <p className={styles['line']}>
        {text.similarity(share(pair.similarity))} · {text.relations[pair.relation]}
      </p>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{text.sideBySide}</summary>
        {isOpen && <PairTexts pair={pair} run={run} />}
      </details>
    </li>
  )
}

function PairTexts({ pair: { one, other }, run }: { readonly pair: Pair; readonly run: string }) {
  const text = useText()
  const found = useQuery(api.nearDuplicates.pair.queryOptions({ input: { id: run, one, other } }))
  return (
    <Loaded query={found} text={text.errors}>
      {({ covered, texts }) => (
        <>
          <p className={styles['line']}>{text.covered(share(covered[0]), share(covered[1]))}</p>
          <SideBySide texts={texts} titles={[one, other]} />
        </>
      )}
    </Loaded>
  )
}
