import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import { moreOf, paged, withCursor } from '../../app/queries.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../../ui/RegisterList.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { RecordText } from '../../ui/values.tsx'
import { useText } from './queries.ts'

const STATES = ['in-force', 'ended'] as const

/** The register of cultivation centres; those in force today are the figure of the goal. */
export function CentresPage() {
  const text = useText()
  const { centres: words } = text
  const search = useSearchState()
  const q = search.text('q')
  const state = STATES.find((one) => one === search.text('state'))
  const asked = { ...(q && { q }), ...(state && { state }) }
  const list = useInfiniteQuery({
    ...api.navigation.centres.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...asked, limit: 50, ...withCursor(cursor) }),
      ...paged,
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      title={words.title}
      lede={words.lede}
      crumbs={[{ text: text.navigation.title, href: '/patents/navigation' }]}
    >
      <Loaded query={list} text={text.errors}>
        {({ pages }) => (
          <RegisterList
            caption={words.title}
            items={pages.flatMap(({ items }) => items)}
            total={pages[0]?.total ?? 0}
            rowKey={({ code }) => code}
            row={({ code, name, approvedOn, endsOn, inForce }) => (
              <RegisterRow
                href={`/patents/cultivation-centres/${code}`}
                title={<RecordText>{name}</RecordText>}
                badges={
                  <Badge tone={inForce ? 'met' : 'neutral'}>
                    {inForce ? words.states['in-force'] : words.states.ended}
                  </Badge>
                }
                note={code}
              >
                {words.row(approvedOn, endsOn)}
              </RegisterRow>
            )}
            search={{ value: q, label: words.search, onChange: (value) => search.set({ q: value }) }}
            facets={[
              {
                name: 'state',
                label: words.state,
                single: true,
                selected: search.all('state'),
                options: STATES.map((value) => ({
                  value,
                  label: words.states[value],
                  count: value === 'ended' ? pages[0]?.ended : pages[0]?.inForce,
                })),
              },
            ]}
            onFacet={(name, values) => search.set({ [name]: values })}
            freshness={{ asOf: pages[0]?.asOf ?? '' }}
            downloads={{ api: '/api/v1/navigation/centres' }}
            more={moreOf(list)}
            busy={list.isPlaceholderData}
            empty={{ title: words.empty, next: words.emptyNext }}
            onClear={Object.keys(asked).length > 0 ? search.clear : undefined}
          />
        )}
      </Loaded>
    </Page>
  )
}
