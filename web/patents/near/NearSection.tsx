import { useQuery } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import { useSession } from '../../app/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Section } from '../../ui/Page.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { MeasuredLine } from './Measured.tsx'
import styles from './near.module.css'
import { type Found, type Near, patentHref, share, useText } from './queries.ts'
import { RuleNote } from './RuleNote.tsx'
import { SideBySide } from './SideBySide.tsx'

/** On the page of a patent: filings whose text is nearly the same, each with both texts side by side. */
export function NearSection({ number }: { readonly number: string }) {
  const text = useText()
  const mayOrder = useSession().has('officer', 'inspector', 'operator', 'statistician', 'auditor')
  const near = useQuery(api.nearDuplicates.of.queryOptions({ input: { publicationNumber: number } }))
  return (
    <Section title={text.record.title} layout="stacked">
      <Loaded query={near} text={text.errors}>
        {(found) => (
          <>
            <Answer found={found} />
            <RuleNote rule={found.rule} />
            <MeasuredLine />
            {mayOrder && (
              <p>
                <TextLink href="/work/patents/near-duplicates">{text.record.desk}</TextLink>
              </p>
            )}
          </>
        )}
      </Loaded>
    </Section>
  )
}

function Answer({ found: { held, total, items, rule, publicationNumber } }: { readonly found: Found }) {
  const text = useText()
  if (held === 'design') return <p>{text.record.design}</p>
  if (held === 'too-short') return <p>{text.record.tooShort(formatNumber(rule.leastShingles))}</p>
  if (total === 0) return <p>{text.record.none}</p>
  return (
    <>
      <p>{text.record.total(formatNumber(total), formatNumber(items.length))}</p>
      <ul className={styles['items']}>
        {items.map((item) => (
          <Item key={item.publicationNumber} item={item} own={publicationNumber} />
        ))}
      </ul>
    </>
  )
}

function Item({ item, own }: { readonly item: Near; readonly own: string }) {
  const text = useText()
  return (
    <li>
      <h3>
        <TextLink href={patentHref(item.publicationNumber)}>{item.title}</TextLink>{' '}
        <Badge tone={item.plainlyTheSame ? 'late' : 'risk'}>
          {item.plainlyTheSame ? text.plainlyTheSame : text.near}
        </Badge>
      </h3>
      <p className={styles['line']}>
        {[
          item.publicationNumber,
          item.applicants.join(text.separator),
          item.applicationDate ?? text.noDay,
          text.similarity(share(item.similarity)),
          text.relations[item.relation],
        ].join(' · ')}
      </p>
      <details>
        <summary>
          {text.sideBySide} · {text.covered(share(item.covered[0]), share(item.covered[1]))}
        </summary>
        <SideBySide texts={item.texts} titles={[own, item.publicationNumber]} />
      </details>
    </li>
  )
}
