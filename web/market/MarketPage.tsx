import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { LISTING_STATE_NAMES, LISTING_STATES } from '../../src/market/listing.rules.ts'
import { DEAL_KIND_NAMES } from '../../src/market/rules.ts'
import { api } from '../app/api.ts'
import { moreOf, paged, withCursor } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../ui/RegisterList.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { MoneyText, RecordText } from '../ui/values.tsx'
import { type Listing, STATE_TONES, useIndustries, useText } from './queries.ts'

/** What is on offer, and what has left the market. */
export function MarketPage() {
  const text = useText()
  const search = useSearchState()
  const { has } = useSession()
  const industries = useIndustries()
  const q = search.text('q')
  const state = LISTING_STATE_NAMES.find((one) => one === search.text('state')) ?? 'active'
  const kind = DEAL_KIND_NAMES.find((one) => one === search.text('kind'))
  const industry = search.text('industry')
  const list = useInfiniteQuery({
    ...api.market.listings.infiniteOptions({
      input: (cursor: string | undefined) => ({
        state,
        limit: 50,
        ...(q !== '' && { q }),
        ...(kind !== undefined && { kind }),
        ...(industry !== '' && { industry }),
        ...withCursor(cursor),
      }),
      ...paged,
    }),
    placeholderData: keepPreviousData,
  })
  const terms = list.data?.pages[0]?.terms
  return (
    <Page
      title={text.title}
      lede={text.lede}
      actions={
        has('enterprise', 'university', 'agency', 'officer', 'operator') && (
          <ButtonLink href="/work/market">{text.mine}</ButtonLink>
        )
      }
    >
      {terms && (
        <p>
          {terms.sample && <Badge tone="risk">{text.sample}</Badge>}{' '}
          {text.terms(terms.confirmDays, terms.remindDaysBefore)}
        </p>
      )}
      <Loaded query={list} text={text.errors}>
        {({ pages }) => (
          <RegisterList
            caption={text.title}
            items={pages.flatMap(({ items }) => items)}
            total={pages[0]?.total ?? 0}
            rowKey={({ id }) => id}
            row={(listing) => <Row listing={listing} />}
            search={{ value: q, label: text.search, onChange: (value) => search.set({ q: value }) }}
            facets={[
              {
                name: 'state',
                label: text.facets.state,
                single: true,
                selected: [state],
                options: LISTING_STATE_NAMES.map((value) => ({
                  value,
                  label: either(LISTING_STATES[value]),
                  count: pages[0]?.states[value],
                })),
              },
              {
                name: 'kind',
                label: text.facets.kind,
                single: true,
                selected: kind === undefined ? [] : [kind],
                options: DEAL_KIND_NAMES.map((value) => ({ value, label: text.kinds[value] })),
              },
              {
                name: 'industry',
                label: text.facets.industry,
                single: true,
                selected: industry === '' ? [] : [industry],
                options: industries,
              },
            ]}
            onFacet={(name, values) => search.set({ [name]: values })}
            freshness={{ asOf: pages[0]?.asOf ?? '' }}
            downloads={{ api: `/api/v1/market/listings?state=${state}` }}
            more={moreOf(list)}
            busy={list.isPlaceholderData}
            empty={{ title: text.empty, next: text.emptyNext }}
            onClear={search.clear}
          />
        )}
      </Loaded>
    </Page>
  )
}

function Row({ listing }: { readonly listing: Listing }) {
  const text = useText()
  const { id, title, state, kind, partyName, field, priceFen, listedOn, publicationNumber } = listing
  return (
    <RegisterRow
      href={`/market/${id}`}
      title={<RecordText>{title}</RecordText>}
      badges={<Badge tone={STATE_TONES[state]}>{either(LISTING_STATES[state])}</Badge>}
      note={publicationNumber}
    >
      {text.kinds[kind]} · <RecordText>{field}</RecordText> · <RecordText>{partyName}</RecordText> ·{' '}
      {priceFen === null ? text.negotiable : <MoneyText fen={priceFen} />} · {text.listedOn(listedOn)}
    </RegisterRow>
  )
}
