import { useQuery } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import { BarList } from '../../ui/BarList.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { formatNumber, formatShare } from '../../ui/format.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { MomentText } from '../../ui/values.tsx'
import { type Joins, MATCHES, useText } from './queries.ts'

/** How patents meet firms and industries: what joined, what did not, what could be several. */
export function JoinsPage() {
  const text = useText()
  const joins = useQuery(api.owners.joins.queryOptions({}))
  return (
    <Page
      title={text.joins.title}
      lede={text.joins.lede}
      crumbs={[{ text: text.title, href: '/patents/owners' }]}
    >
      <Loaded query={joins} text={text.errors}>
        {(found) => <Body joins={found} />}
      </Loaded>
    </Page>
  )
}

function Body({ joins }: { readonly joins: Joins }) {
  const text = useText()
  const words = text.joins
  const { reading, matches, rate, industries } = joins
  if (reading === null) return <p>{words.noReading}</p>
  return (
    <>
      <Section
        title={words.matches}
        note={`${words.matchesNote} ${rate === null ? '' : words.rateOf(formatShare(rate))}`}
      >
        <BarList
          label={words.matches}
          unit={words.owners}
          bars={MATCHES.map((match) => {
            const found = matches.find((one) => one.match === match)
            return {
              key: match,
              label: text.match[match],
              note: words.documents(formatNumber(found?.documents ?? 0)),
              value: found?.owners ?? 0,
              href: `/patents/owners?match=${match}`,
              quiet: match === 'person',
            }
          })}
        />
      </Section>
      <Section title={words.industries} note={words.industriesNote}>
        <BarList
          label={words.industries}
          unit={text.documents}
          bars={industries.map(({ section, documents, owners }) => ({
            key: section ?? '-',
            label: section ?? words.noIndustry,
            note: `${formatNumber(owners)} ${words.owners}`,
            value: documents,
            href: `/patents/owners?section=${section ?? '-'}`,
            quiet: section === null,
          }))}
        />
      </Section>
      <Rules />
      <Section title={words.reading}>
        <Facts
          label={words.reading}
          rows={[
            { label: words.at, value: <MomentText value={reading.at} /> },
            { label: words.dataVersion, value: String(reading.dataVersion) },
            { label: text.page.ownerVersion, value: String(reading.version) },
            { label: words.names, value: formatNumber(reading.counts.names) },
            {
              label: words.questions,
              value: (
                <TextLink href="/work/patents/owners">{formatNumber(reading.counts.questions)}</TextLink>
              ),
            },
          ]}
        />
      </Section>
    </>
  )
}

function Rules() {
  const { joins: words } = useText()
  return (
    <Section title={words.rules} note={words.rulesNote}>
      <ol>
        {Object.entries(words.order).map(([key, rule]) => (
          <li key={key}>{rule}</li>
        ))}
      </ol>
    </Section>
  )
}
