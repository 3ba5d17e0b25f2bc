import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { Badge } from '../ui/Badge.tsx'
import { RadioGroup } from '../ui/choices.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { DateText, MoneyText, RecordText } from '../ui/values.tsx'
import { toneOf } from './OrdersPage.tsx'
import { useText } from './text.ts'

const SCOPES = ['open', 'mine'] as const

/** For an agency: what it may quote for, and what it quoted for. */
export function AgencyOrdersPage() {
  const { orders, errors } = useText()
  const text = orders.desk
  const search = useSearchState()
  const scope = search.text('scope') === 'mine' ? 'mine' : 'open'
  const list = useInfiniteQuery(
    api.services.orders.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ scope, limit: 50, ...(cursor !== undefined && { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  return (
    <Page title={text.title} lede={text.lede} width="full" eyebrow={list.data?.pages[0]?.agency.name}>
      <RadioGroup
        name="scope"
        label={text.scope}
        inline
        value={scope}
        onChange={(value) => search.set({ scope: value })}
        options={SCOPES.map((value) => ({ value, label: text.scopes[value] }))}
      />
      <Loaded query={list} text={errors}>
        {({ pages }) => (
          <DataTable
            caption={text.scopes[scope]}
            rows={pages.flatMap(({ items }) => items)}
            total={pages[0]?.total ?? 0}
            rowKey={({ number }) => number}
            empty={{ title: text.none[scope], next: text.noneNext[scope] }}
            more={moreOf(list)}
            columns={[
              {
                name: 'order',
                header: text.order,
                cell: ({ number, title }) => (
                  <TextLink href={`/work/orders/${number}`}>
                    <RecordText>{title}</RecordText>
                  </TextLink>
                ),
              },
              { name: 'service', header: text.service, cell: ({ service }) => either(service.names) },
              {
                name: 'needed',
                header: text.needed,
                cell: ({ neededBy }) => <DateText value={neededBy} />,
              },
              {
                name: 'budget',
                header: text.budget,
                numeric: true,
                cell: ({ budgetTo }) => (budgetTo === null ? text.noBudget : <MoneyText fen={budgetTo} />),
              },
              {
                name: 'state',
                header: text.state,
                cell: ({ state, stateNames, late }) => (
                  <>
                    <Badge tone={toneOf(state)}>{either(stateNames)}</Badge>{' '}
                    {late && <Badge tone="late">{text.late}</Badge>}
                  </>
                ),
              },
              {
                name: 'ours',
                header: text.ours,
                cell: ({ quote }) =>
                  quote === null ? (
                    '—'
                  ) : (
                    <>
                      <MoneyText fen={quote.priceFen} currency={quote.currency} />{' '}
                      {orders.panel.states[quote.state]}
                    </>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  )
}
