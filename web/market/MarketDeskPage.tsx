import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { type CalendarDate, daysBetween } from '../../src/platform/calendar.ts'
import { LISTING_STATE_NAMES, LISTING_STATES } from '../../src/market/listing.rules.ts'
import { api } from '../app/api.ts'
import { moreOf, paged, withCursor } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { useAnnounce } from '../ui/announce.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { ErrorSummary } from '../ui/ErrorSummary.tsx'
import { formatNumber } from '../ui/format.ts'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import type { MoreProps } from '../ui/More.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { Tabs } from '../ui/Tabs.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { DateText, RecordText } from '../ui/values.tsx'
import { ListingActs } from './ListingActs.tsx'
import { type Listing, refresh, STATE_TONES, useText } from './queries.ts'

/** Where an owner keeps his listings on the market, and officers everybody's. */
export function MarketDeskPage() {
  const text = useText()
  const words = text.desk
  const search = useSearchState()
  const { has } = useSession()
  const office = has('officer', 'operator')
  const state = LISTING_STATE_NAMES.find((one) => one === search.text('state')) ?? 'active'
  const list = useInfiniteQuery({
    ...api.market.listings.infiniteOptions({
      input: (cursor: string | undefined) => ({
        state,
        mine: 'yes' as const,
        limit: 100,
        ...withCursor(cursor),
      }),
      ...paged,
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      width="full"
      title={office ? words.officeTitle : words.title}
      lede={office ? words.officeLede : words.lede}
      actions={
        <>
          <ButtonLink kind="primary" href="/work/market/new">
            {words.offer}
          </ButtonLink>
          {office && <Recheck />}
        </>
      }
    >
      <Loaded query={list} text={text.errors}>
        {({ pages }) => {
          const [first] = pages
          if (first === undefined) return null
          return (
            <>
              {!office && first.offerers.length === 0 && <Notice tone="risk">{words.noOrganisation}</Notice>}
              <Tabs
                label={text.facets.state}
                selected={state}
                onSelect={(value) => search.set({ state: value })}
                tabs={LISTING_STATE_NAMES.map((name) => ({
                  name,
                  label: `${either(LISTING_STATES[name])} ${formatNumber(first.states[name])}`,
                  content:
                    name === state ? (
                      <Table
                        items={pages.flatMap(({ items }) => items)}
                        total={first.total}
                        today={first.asOf}
                        more={moreOf(list)}
                      />
                    ) : null,
                }))}
              />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

interface TableProps {
  readonly items: readonly Listing[]
  readonly total: number
  readonly today: string
  readonly more: MoreProps
}

function Table({ items, total, today, more }: TableProps) {
  const text = useText()
  const words = text.desk
  return (
    <DataTable
      caption={words.list}
      columns={[
        {
          name: 'title',
          header: words.patent,
          cell: ({ id, title, publicationNumber }) => (
            <>
              <TextLink href={`/market/${id}`}>
                <RecordText>{title}</RecordText>
              </TextLink>{' '}
              {publicationNumber}
            </>
          ),
        },
        {
          name: 'owner',
          header: words.owner,
          cell: ({ partyName }) => <RecordText>{partyName}</RecordText>,
        },
        { name: 'kind', header: words.kind, cell: ({ kind }) => text.kinds[kind] },
        {
          name: 'due',
          header: words.due,
          cell: ({ confirmBy, state }) => <Due by={confirmBy} today={today} counts={state === 'active'} />,
        },
        {
          name: 'state',
          header: words.state,
          cell: ({ state }) => <Badge tone={STATE_TONES[state]}>{either(LISTING_STATES[state])}</Badge>,
        },
        { name: 'act', header: words.act, cell: (listing) => <ListingActs listing={listing} /> },
      ]}
      rows={items}
      rowKey={({ id }) => id}
      total={total}
      more={more}
      empty={{ title: words.empty, next: words.emptyNext }}
    />
  )
}

/** When it must be confirmed, and how near that is. */
function Due({
  by,
  today,
  counts,
}: {
  readonly by: string
  readonly today: string
  readonly counts: boolean
}) {
  const { desk } = useText()
  const left = daysBetween(today as CalendarDate, by as CalendarDate)
  return (
    <>
      <DateText value={by} />{' '}
      {counts && <Badge tone={left <= 14 ? 'risk' : 'neutral'}>{desk.days(left)}</Badge>}
    </>
  )
}

function Recheck() {
  const text = useText()
  const announce = useAnnounce()
  const run = useMutation(
    api.market.recheck.mutationOptions({
      onSuccess: ({ checked, lapsed, faded, reminded }) =>
        announce(text.desk.rechecked(checked, lapsed, faded, reminded)),
      onSettled: refresh,
    }),
  )
  return (
    <>
      <Button busy={run.isPending} onClick={() => run.mutate({})}>
        {text.desk.recheck}
      </Button>
      <ErrorSummary error={run.error} text={text.errors} />
    </>
  )
}
