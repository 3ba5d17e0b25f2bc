import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import { moreOf } from '../../app/queries.ts'
import { Badge } from '../../ui/Badge.tsx'
import { language } from '../../ui/language.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../../ui/RegisterList.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { RecordText } from '../../ui/values.tsx'
import { Conditions } from './Conditions.tsx'
import { documentsHref, landscapeHref, type ListedDocument, useFilter, useText } from './queries.ts'

/** The documents that a mark counts: exactly as many as it said. */
export function DocumentsPage() {
  const text = useText()
  const filter = useFilter()
  const search = useSearchState()
  const list = useInfiniteQuery({
    ...api.landscape.documents.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...filter,
        limit: 50,
        ...(cursor !== undefined && { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
    placeholderData: keepPreviousData,
  })
  const back = Object.keys(filter).length === 0 ? '/patents/landscape?all=1' : landscapeHref(filter)
  return (
    <Page
      title={text.list.title}
      crumbs={[
        { text: text.title, href: '/patents/landscape' },
        { text: text.list.back, href: back },
      ]}
    >
      <Conditions filter={filter} />
      <Loaded query={list} text={text.errors}>
        {({ pages }) => (
          <RegisterList
            caption={text.list.title}
            items={pages.flatMap(({ items }) => items)}
            total={pages[0]?.total ?? 0}
            rowKey={({ publicationNumber }) => publicationNumber}
            row={(document) => <DocumentRow document={document} />}
            freshness={{ asOf: pages[0]?.basis.asOf ?? '' }}
            downloads={{ api: `/api/v1${documentsHref(filter)}` }}
            more={moreOf(list)}
            busy={list.isPlaceholderData}
            empty={{ title: text.list.empty, next: text.list.emptyNext }}
            onClear={search.clear}
          />
        )}
      </Loaded>
    </Page>
  )
}

export function DocumentRow({ document }: { readonly document: ListedDocument }) {
  const text = useText()
  const { title, titleEn, publicationNumber, status, applicants, filedOn, publishedOn, mainIpc } = document
  const statuses: Readonly<Record<string, string>> = text.statuses
  const dates = [
    filedOn === null ? '' : text.list.filed(filedOn),
    publishedOn === null ? '' : text.list.published(publishedOn),
  ]
  return (
    <RegisterRow
      href={`/patents/${publicationNumber}`}
      title={<RecordText>{language === 'en' && titleEn !== '' ? titleEn : title}</RecordText>}
      badges={<Badge tone={status === 'in-force' ? 'met' : 'neutral'}>{statuses[status] ?? status}</Badge>}
      note={publicationNumber}
    >
      <RecordText>{applicants.join(language === 'zh' ? '、' : ', ')}</RecordText>
      {[mainIpc, ...dates].filter(Boolean).map((part) => ` · ${part}`)}
    </RegisterRow>
  )
}
