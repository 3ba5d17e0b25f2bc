import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { STANDING_NAMES, STANDINGS, type Standing } from '../../src/parties/rules.ts'
import { api } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../ui/RegisterList.tsx'
import { useSearchState } from '../ui/search-state.ts'
import type { OrganisationRow } from './queries.ts'
import { useText } from './text.ts'

const isStanding = (name: string): name is Standing => Object.hasOwn(STANDINGS, name)

/** The public register of organisations. */
export function OrganisationsPage() {
  const text = useText()
  const { has } = useSession()
  const search = useSearchState()
  const [q, standing] = [search.text('q'), search.text('standing')]
  const organisations = useInfiniteQuery(
    api.parties.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 50,
        ...(cursor !== undefined && { cursor }),
        ...(q && { q }),
        ...(isStanding(standing) && { standing }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <Page
      title={text.title}
      lede={text.lede}
      crumbs={[{ text: text.home, href: '/' }]}
      actions={
        has('officer', 'operator') && (
          <ButtonLink href="/work/organisations/new">{text.enter.title}</ButtonLink>
        )
      }
    >
      <Loaded query={organisations} text={text.errors}>
        {({ pages }) => (
          <RegisterList
            caption={text.caption}
            total={pages[0]?.total ?? 0}
            items={pages.flatMap(({ items }) => items)}
            rowKey={({ id }) => id}
            row={(organisation) => <OrganisationLine organisation={organisation} />}
            search={{ value: q, label: text.search, onChange: (value) => search.set({ q: value }) }}
            facets={[
              {
                name: 'standing',
                label: text.standing,
                single: true,
                selected: standing === '' ? [] : [standing],
                options: STANDING_NAMES.map((value) => ({ value, label: either(STANDINGS[value]) })),
              },
            ]}
            onFacet={(name, values) => search.set({ [name]: [...values] })}
            onClear={search.clear}
            downloads={{ api: '/api/v1/parties' }}
            busy={organisations.isFetching && !organisations.isFetchingNextPage}
            more={moreOf(organisations)}
            empty={{ title: text.none, next: text.noneHint }}
          />
        )}
      </Loaded>
    </Page>
  )
}

function OrganisationLine({ organisation }: { readonly organisation: OrganisationRow }) {
  const text = useText()
  const { id, name, nameEn, creditCode, country, standings } = organisation
  return (
    <RegisterRow
      href={`/organisations/${id}`}
      title={name}
      badges={standings.map((standing) => (
        <Badge key={standing} tone="info">
          {either(STANDINGS[standing])}
        </Badge>
      ))}
      note={nameEn ?? undefined}
    >
      {country === 'CN' ? '' : `${country} · `}
      {creditCode ?? text.noCode}
    </RegisterRow>
  )
}
