import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { Badge } from '../ui/Badge.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { Chart } from '../ui/Chart.tsx'
import { formatNumber } from '../ui/format.ts'
import { either, language } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import type { MoreProps } from '../ui/More.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../ui/RegisterList.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { DayChoice, PastDay } from './DayChoice.tsx'
import { Original } from './Original.tsx'
import { type Directory, type ListItem, type Stage, useDaysAsked, useText, useZoneNames } from './queries.ts'

const STAGES: readonly Stage[] = ['start-up', 'growth', 'mature']

/** The directory of today or of any past day. */
export function DirectoryPage() {
  const text = useText()
  const asked = useAsked()
  const list = useInfiniteQuery({
    ...api.agencies.list.infiniteOptions({
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
    <Page
      title={text.title}
      lede={text.lede}
      actions={<ButtonLink href="/appraisal">{text.appraisal.all}</ButtonLink>}
    >
      <PastDay count={list.data?.pages[0]?.inZone} />
      <Loaded query={list} text={text.errors}>
        {({ pages }) => (
          <List
            first={pages[0] as Directory}
            pages={pages}
            busy={list.isPlaceholderData}
            more={moreOf(list)}
          />
        )}
      </Loaded>
      <Counts />
    </Page>
  )
}

/** What the address asks for, in the words of the contract. */
function useAsked() {
  const search = useSearchState()
  const days = useDaysAsked()
  const [q, serviceClass, carrier] = ['q', 'class', 'carrier'].map((name) => search.text(name))
  const stage = STAGES.find((one) => one === search.text('stage'))
  return {
    ...days,
    ...(q && { q }),
    ...(serviceClass && { class: serviceClass }),
    ...(carrier && { carrier }),
    ...(stage && { stage }),
  }
}

interface ListProps {
  readonly first: Directory
  readonly pages: readonly Directory[]
  readonly busy: boolean
  readonly more: MoreProps
}

function List({ first, pages, busy, more }: ListProps) {
  const text = useText()
  const search = useSearchState()
  const asked = useAsked()
  const facets = useFacets(first)
  const query = new URLSearchParams(asked).toString()
  const address = (path: string) => (query === '' ? path : `${path}?${query}`)
  return (
    <RegisterList
      caption={text.title}
      items={pages.flatMap(({ items }) => items)}
      total={first.total}
      rowKey={({ code }) => code}
      row={(agency) => <AgencyRow agency={agency} />}
      search={{ value: search.text('q'), label: text.search, onChange: (q) => search.set({ q }) }}
      facets={facets}
      onFacet={(name, values) => search.set({ [name]: values })}
      tools={<DayChoice />}
      freshness={{ asOf: first.asOf }}
      downloads={{ csv: address('/api/v1/agencies.csv'), api: address('/api/v1/agencies') }}
      more={more}
      busy={busy}
      empty={{ title: text.emptyTitle, next: text.emptyNext }}
      onClear={Object.keys(asked).length > 0 ? search.clear : undefined}
    />
  )
}

/** Choices with the number each would leave; one that would leave nothing is only shown while it is chosen. */
function useFacets({ facets }: Directory) {
  const text = useText()
  const search = useSearchState()
  const names = useZoneNames()
  const choices = {
    class: names.classes.map((one) => ({ value: one.code, label: either(one.names) })),
    carrier: names.carriers.map((one) => ({ value: one.id, label: either(one.shortNames) })),
    stage: STAGES.map((stage) => ({ value: stage, label: text.stages[stage] })),
  }
  return (['class', 'carrier', 'stage'] as const)
    .map((name) => ({
      name,
      label: text.facets[name],
      single: true,
      selected: search.all(name),
      options: choices[name]
        .map((choice) => ({ ...choice, count: facets[name][choice.value] ?? 0 }))
        .filter(({ count, value }) => count > 0 || search.all(name).includes(value)),
    }))
    .filter(({ options }) => options.length > 0)
}

function AgencyRow({ agency }: { readonly agency: ListItem }) {
  const text = useText()
  const names = useZoneNames()
  const days = new URLSearchParams({ ...useDaysAsked() }).toString()
  const { code, name, nameEn, stage, stale, classes, carrier, movedIn, asOf } = agency
  return (
    <RegisterRow
      href={days === '' ? `/agencies/${code}` : `/agencies/${code}?${days}`}
      title={<AgencyName name={name} nameEn={nameEn} />}
      badges={
        <>
          {stage && <Badge>{text.stages[stage]}</Badge>}
          {stale.length > 0 && <Badge tone="risk">{text.row.stale(formatNumber(stale.length))}</Badge>}
        </>
      }
      note={asOf === null ? undefined : text.row.checked(asOf)}
    >
      {classes.map(names.serviceClass).join(text.values.separator)} ·{' '}
      {text.row.place(names.carrier(carrier), movedIn)}
    </RegisterRow>
  )
}

/** In English an agency without an English name keeps its own, marked as Chinese. */
function AgencyName({ name, nameEn }: { readonly name: string; readonly nameEn: string | null }) {
  if (language === 'en' && nameEn !== null) return <>{nameEn}</>
  return <Original>{name}</Original>
}

function Counts() {
  const text = useText()
  const counts = useQuery(api.agencies.counts.queryOptions({ input: {} }))
  return (
    <Section title={text.counts.title} note={text.counts.note} layout="stacked">
      <Loaded query={counts} text={text.errors}>
        {({ items }) => {
          const [first, last] = [items[0], items.at(-1)]
          if (first === undefined || last === undefined) return null
          return (
            <Chart
              kind="line"
              title={text.counts.title}
              summary={text.counts.summary(
                first.on,
                formatNumber(first.agencies),
                last.on,
                formatNumber(last.agencies),
              )}
              categories={items.map(({ on }) => on)}
              categoryName={text.counts.month}
              unit={text.counts.unit}
              series={[{ name: text.counts.series, values: items.map(({ agencies }) => agencies) }]}
            />
          )
        }}
      </Loaded>
    </Section>
  )
}
