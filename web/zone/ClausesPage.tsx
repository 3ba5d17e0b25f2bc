import { keepPreviousData, useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { Badge } from '../ui/Badge.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { language } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../ui/RegisterList.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { CoverageSummary } from './CoverageSummary.tsx'
import type { ClauseRow, Coverage } from './queries.ts'
import { STATUS_TONES, STATUSES } from './status.ts'
import { useText } from './text.ts'

/** Every clause of the plan with what covers it; what is missing comes first. */
export function ClausesPage() {
  const text = useText()
  const { data: coverage } = useSuspenseQuery(api.zone.coverage.queryOptions({}))
  return (
    <Page
      title={text.coverage.title}
      lede={text.coverage.lede}
      crumbs={[{ text: text.plan.title, href: '/plan' }]}
      actions={<ButtonLink href="/plan">{text.plan.title}</ButtonLink>}
    >
      <CoverageSummary coverage={coverage} />
      <ClauseRegister coverage={coverage} />
    </Page>
  )
}

function ClauseRegister({ coverage }: { readonly coverage: Coverage }) {
  const text = useText()
  const search = useSearchState()
  const [area, status, q] = [search.all('area'), search.all('status'), search.text('q')]
  const clauses = useInfiniteQuery(
    api.zone.clauses.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 50,
        ...(cursor !== undefined && { cursor }),
        ...(q && { q }),
        ...(area.length > 0 && { area: area as ClauseRow['area'][] }),
        ...(status.length > 0 && { status: status as ClauseRow['status'][] }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <Loaded query={clauses}>
      {({ pages }) => (
        <RegisterList
          caption={text.coverage.caption}
          total={pages[0]?.total ?? 0}
          items={pages.flatMap(({ items }) => items)}
          rowKey={({ id }) => id}
          row={(clause) => <ClauseLine clause={clause} />}
          search={{ value: q, label: text.coverage.search, onChange: (value) => search.set({ q: value }) }}
          facets={[statusFacet(coverage, status, text), areaFacet(coverage, area, text)]}
          onFacet={(name, values) => search.set({ [name]: [...values] })}
          onClear={search.clear}
          downloads={{ api: '/api/v1/clauses' }}
          busy={clauses.isFetching && !clauses.isFetchingNextPage}
          more={moreOf(clauses)}
          empty={{ title: text.coverage.none }}
        />
      )}
    </Loaded>
  )
}

function ClauseLine({ clause }: { readonly clause: ClauseRow }) {
  const text = useText()
  const { id, status, term, termEn, operations, indicators, pages, testsPassed, testsFailed } = clause
  return (
    <RegisterRow
      href={`/clauses/${id}`}
      title={language === 'zh' ? `${id} ${term}` : `${id} ${termEn}`}
      badges={
        <>
          <Badge tone={STATUS_TONES[status]}>{text.coverage[status]}</Badge>
          {testsFailed > 0 && <Badge tone="late">{text.coverage.failed(testsFailed)}</Badge>}
        </>
      }
    >
      {text.areas[clause.area]} · {text.coverage.row(operations, indicators, pages, testsPassed)}
    </RegisterRow>
  )
}

type Text = ReturnType<typeof useText>

function statusFacet(coverage: Coverage, selected: readonly string[], text: Text) {
  return {
    name: 'status',
    label: text.coverage.status,
    options: STATUSES.map((value) => ({ value, label: text.coverage[value], count: coverage[value] })),
    selected,
  }
}

function areaFacet(coverage: Coverage, selected: readonly string[], text: Text) {
  return {
    name: 'area',
    label: text.coverage.area,
    options: coverage.areas.map(({ area, total }) => ({
      value: area,
      label: text.areas[area],
      count: total,
    })),
    selected,
  }
}
