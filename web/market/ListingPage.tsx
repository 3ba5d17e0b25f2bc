import { useQuery } from '@tanstack/react-query'
import { LISTING_STATES } from '../../src/market/listing.rules.ts'
import { api, type client } from '../app/api.ts'
import { Badge, type Tone } from '../ui/Badge.tsx'
import { Facts } from '../ui/Facts.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { Timeline } from '../ui/Timeline.tsx'
import { DateText, MoneyText, RecordText } from '../ui/values.tsx'
import { ListingActs } from './ListingActs.tsx'
import { STATE_TONES, useIndustries, useText } from './queries.ts'

type Full = Awaited<ReturnType<typeof client.market.listing>>

/** One listing, and everything that happened to it. */
export function ListingPage() {
  const text = useText()
  const id = usePathParameter('id')
  const query = useQuery(api.market.listing.queryOptions({ input: { id } }))
  const listing = query.data
  return (
    <Page
      title={listing?.title ?? text.title}
      crumbs={[{ text: text.title, href: '/market' }]}
      badges={
        listing && <Badge tone={STATE_TONES[listing.state]}>{either(LISTING_STATES[listing.state])}</Badge>
      }
      actions={listing?.mayAct === true && <ListingActs listing={listing} />}
    >
      <Loaded query={query} text={text.errors}>
        {(found) => <ListingRecord listing={found} />}
      </Loaded>
    </Page>
  )
}

const TONES: Partial<Record<Full['events'][number]['kind'], Tone>> = {
  listed: 'info',
  confirmed: 'met',
  reminded: 'risk',
  faded: 'risk',
  lapsed: 'late',
}

function ListingRecord({ listing }: { readonly listing: Full }) {
  const text = useText()
  const words = text.record
  const statuses: Readonly<Record<string, string>> = text.statuses
  const industry = useIndustries().find(({ value }) => value === listing.industry)
  const gone = listing.state !== 'active'
  return (
    <>
      {gone && (
        <Notice tone="risk" title={words.left}>
          <p>
            {either(LISTING_STATES[listing.state])} · {words.leftText}
          </p>
        </Notice>
      )}
      {!listing.holderMatches && <Notice tone="risk">{words.differs}</Notice>}
      <Facts
        label={text.title}
        rows={[
          {
            label: words.patent,
            value: (
              <TextLink href={`/patents/${listing.publicationNumber}`}>{listing.publicationNumber}</TextLink>
            ),
          },
          { label: words.applicationNumber, value: listing.applicationNumber || undefined },
          {
            label: words.by,
            value: (
              <TextLink href={`/organisations/${listing.partyId}`}>
                <RecordText>{listing.partyName}</RecordText>
              </TextLink>
            ),
          },
          { label: words.holders, value: <RecordText>{listing.holders.join('、')}</RecordText> },
          { label: text.facets.kind, value: text.kinds[listing.kind] },
          { label: words.field, value: <RecordText>{listing.field}</RecordText> },
          { label: words.industry, value: industry?.label ?? listing.industry },
          {
            label: text.price,
            value: listing.priceFen === null ? text.negotiable : <MoneyText fen={listing.priceFen} />,
          },
          { label: words.summary, value: <RecordText>{listing.summary}</RecordText> },
          {
            label: words.status,
            value: statuses[listing.legalStatus] ?? listing.legalStatus,
            asOf: listing.statusCheckedAt.slice(0, 10),
          },
          { label: words.confirmed, value: <DateText value={listing.confirmedOn} /> },
          ...(gone ? [] : [{ label: words.by2, value: <DateText value={listing.confirmBy} /> }]),
        ]}
      />
      {!gone && <p>{words.interested}</p>}
      <Section title={words.history} layout="stacked">
        <Timeline
          label={words.history}
          entries={listing.events.map((event) => ({
            key: event.id,
            at: event.happenedOn,
            title: text.events[event.kind],
            tone: TONES[event.kind] ?? 'neutral',
            detail: (
              <>
                {event.legalStatus !== null && (statuses[event.legalStatus] ?? event.legalStatus)}
                {event.reason !== null && <RecordText>{event.reason}</RecordText>}
              </>
            ),
          }))}
        />
      </Section>
    </>
  )
}
