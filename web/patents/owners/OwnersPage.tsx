import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import { moreOf } from '../../app/queries.ts'
import { Badge } from '../../ui/Badge.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../../ui/RegisterList.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { RecordText } from '../../ui/values.tsx'
import { MATCHES, type OwnerRow, useText } from './queries.ts'

/** Every owner with its names joined, those of most documents first. */
export function OwnersPage() {
  const text = useText()
  const search = useSearchState()
  const q = search.text('q')
  const match = MATCHES.find((one) => one === search.text('match'))
  const joined = search.text('joined') === 'true'
  const section = /^(?:[A-T]|-)$/.exec(search.text('section'))?.[0]
  const asked = {
    ...(q && { q }),
    ...(match && { match }),
    ...(joined && { joined: 'true' }),
    ...(section && { section }),
  }
  const list = useInfiniteQuery({
    ...api.owners.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...asked,
        limit: 50,
        ...(cursor !== undefined && { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page title={text.title} lede={text.lede}>
      <Loaded query={list} text={text.errors}>
        {({ pages }) => (
          <RegisterList
            caption={text.title}
            items={pages.flatMap(({ items }) => items)}
            total={pages[0]?.total ?? 0}
            rowKey={({ id }) => id}
            row={(owner) => <Row owner={owner} />}
            search={{ value: q, label: text.search, onChange: (value) => search.set({ q: value }) }}
            facets={[
              {
                name: 'match',
                label: text.facets.match,
                single: true,
                selected: search.all('match'),
                options: MATCHES.map((value) => ({ value, label: text.match[value] })),
              },
              {
                name: 'joined',
                label: text.facets.joined,
                single: true,
                selected: search.all('joined'),
                options: [{ value: 'true', label: text.joined }],
              },
              ...(section === undefined
                ? []
                : [
                    {
                      name: 'section',
                      label: text.facets.section,
                      single: true,
                      selected: [section],
                      options: [{ value: section, label: section === '-' ? text.joins.noIndustry : section }],
                    },
                  ]),
            ]}
            onFacet={(name, values) => search.set({ [name]: values })}
            downloads={{ api: '/api/v1/owners' }}
            more={moreOf(list)}
            busy={list.isPlaceholderData}
            empty={{ title: text.empty, next: text.emptyNext }}
            onClear={Object.keys(asked).length > 0 ? search.clear : undefined}
          />
        )}
      </Loaded>
    </Page>
  )
}

function Row({ owner: { id, name, documents, names, match, partyName } }: { readonly owner: OwnerRow }) {
  const text = useText()
  return (
    <RegisterRow
      href={`/patents/owners/${id}`}
      title={<RecordText>{name}</RecordText>}
      badges={
        <Badge tone={match === 'matched' ? 'met' : match === 'ambiguous' ? 'risk' : 'neutral'}>
          {text.match[match]}
        </Badge>
      }
    >
      {text.row(formatNumber(documents), names)}
      {partyName !== null && partyName !== name && (
        <>
          {' · '}
          <RecordText>{partyName}</RecordText>
        </>
      )}
    </RegisterRow>
  )
}
