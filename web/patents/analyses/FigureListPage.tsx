import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { DIFFERENCES } from '../../../src/patents/analysis.rules.ts'
import { narrowed } from '../../../src/patents/landscape-filter.rules.ts'
import { api, type client } from '../../app/api.ts'
import { moreOf, paged, withCursor } from '../../app/queries.ts'
import { Badge } from '../../ui/Badge.tsx'
import { language } from '../../ui/language.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../../ui/RegisterList.tsx'
import { usePathParameter, useSearchState } from '../../ui/search-state.ts'
import { RecordText } from '../../ui/values.tsx'
import { Conditions } from '../landscape/Conditions.tsx'
import { DocumentRow } from '../landscape/DocumentsPage.tsx'
import { useFilter, useText as useLandscapeText } from '../landscape/queries.ts'
import { type Question, useText } from './queries.ts'

/** The documents that a figure of a saved analysis counts, as they were. */
export function FigureListPage() {
  const text = useText()
  const { id, cell, mark } = useAsked()
  const list = useInfiniteQuery({
    ...api.analyses.documents.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...mark, id, cell, limit: 50, ...withCursor(cursor) }),
      ...paged,
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <ListPage title={text.lists.documents}>
      <Loaded query={list} text={text.errors}>
        {({ pages }) => (
          <RegisterList
            caption={text.lists.documents}
            items={pages.flatMap(({ items }) => items)}
            total={pages[0]?.total ?? 0}
            rowKey={({ publicationNumber }) => publicationNumber}
            row={(document) => <DocumentRow document={document} />}
            freshness={{ asOf: pages[0]?.basis.asOf ?? '' }}
            more={moreOf(list)}
            busy={list.isPlaceholderData}
            empty={{ title: text.lists.empty }}
          />
        )}
      </Loaded>
    </ListPage>
  )
}

/** The documents that came, left or changed, of one question or of one of its figures. */
export function DifferencesPage() {
  const text = useText()
  const search = useSearchState()
  const { id, cell, mark } = useAsked()
  const to = search.text('to')
  const difference = DIFFERENCES.find((one) => one === search.text('difference')) ?? 'came'
  const list = useInfiniteQuery({
    ...api.analyses.differences.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...mark,
        id,
        cell,
        difference,
        limit: 50,
        ...(to !== '' && { to }),
        ...withCursor(cursor),
      }),
      ...paged,
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <ListPage title={text.lists.differences}>
      <Loaded query={list} text={text.errors}>
        {({ pages }) => (
          <RegisterList
            caption={text.lists.differences}
            items={pages.flatMap(({ items }) => items)}
            total={pages[0]?.total ?? 0}
            rowKey={({ publicationNumber }) => publicationNumber}
            row={(item) => <DifferingRow item={item} />}
            facets={[
              {
                name: 'difference',
                label: text.lists.difference,
                single: true,
                selected: [difference],
                options: DIFFERENCES.map((value) => ({
                  value,
                  label: text.today[value],
                  count: pages[0]?.counts[value],
                })),
              },
            ]}
            onFacet={(name, values) => search.set({ [name]: values })}
            tools={
              pages[0] && <p>{text.lists.between(pages[0].before.dataVersion, pages[0].after.dataVersion)}</p>
            }
            more={moreOf(list)}
            busy={list.isPlaceholderData}
            empty={{ title: text.lists.empty }}
          />
        )}
      </Loaded>
    </ListPage>
  )
}

function useAsked() {
  const id = usePathParameter('id')
  const cell = useSearchState().text('cell')
  const mark = useFilter()
  const analysis = useQuery(api.analyses.get.queryOptions({ input: { id } }))
  const question = analysis.data?.cells.find(
    (one): one is Question => one.kind === 'question' && one.id === cell,
  )
  return { id, cell, mark, name: analysis.data?.name, question }
}

function ListPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const text = useText()
  const { id, mark, name, question } = useAsked()
  return (
    <Page
      title={title}
      eyebrow={question?.title}
      crumbs={[
        { text: text.title, href: '/patents/analyses' },
        { text: name ?? text.page.question, href: `/patents/analyses/${id}` },
        { text: text.today.title, href: `/patents/analyses/${id}/today` },
      ]}
    >
      {question && (
        <Conditions
          filter={narrowed(question.filter, mark)}
          industry={question.landscape.industry ?? undefined}
          fixed
        />
      )}
      {children}
    </Page>
  )
}

type Item = Awaited<ReturnType<typeof client.analyses.differences>>['items'][number]

function DifferingRow({
  item: { publicationNumber, title, titleEn, status, facts },
}: {
  readonly item: Item
}) {
  const text = useText()
  const landscape = useLandscapeText()
  const statuses: Readonly<Record<string, string>> = landscape.statuses
  const names: Readonly<Record<string, string>> = text.facts
  const wordsOf = (fact: string, value: string | null) => {
    if (value === null) return text.lists.none
    return fact === 'legalStatus' ? (statuses[value] ?? value) : value
  }
  return (
    <RegisterRow
      href={`/patents/${publicationNumber}`}
      title={<RecordText>{language === 'en' && titleEn !== '' ? titleEn : title}</RecordText>}
      badges={<Badge tone={status === 'in-force' ? 'met' : 'neutral'}>{statuses[status] ?? status}</Badge>}
      note={publicationNumber}
    >
      {facts
        .map(({ fact, before, after }) => {
          const name = names[fact] ?? text.facts.other
          return before === null && after === null
            ? text.lists.changedOnly(name)
            : `${name} ${wordsOf(fact, before)} → ${wordsOf(fact, after)}`
        })
        .join(language === 'zh' ? '；' : '; ')}
    </RegisterRow>
  )
}
