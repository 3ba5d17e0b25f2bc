import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { STAGE_NAMES, STAGES } from '../../../src/patents/cloud.rules.ts'
import { api } from '../../app/api.ts'
import { moreOf, paged, withCursor } from '../../app/queries.ts'
import { Badge } from '../../ui/Badge.tsx'
import { either } from '../../ui/language.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../../ui/RegisterList.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { RecordText } from '../../ui/values.tsx'
import { type CloudItem, useText } from './queries.ts'

/** Patents of universities; the stages before the display for their university and for staff. */
export function CloudPatentsPage() {
  const text = useText()
  const search = useSearchState()
  const q = search.text('q')
  const stage = STAGE_NAMES.find((one) => one === search.text('stage'))
  const grade = search.text('grade')
  const university = search.text('university')
  const universities = useQuery(api.cloud.universities.queryOptions({}))
  const list = useInfiniteQuery({
    ...api.cloud.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 50,
        ...(q !== '' && { q }),
        ...(stage !== undefined && { stage }),
        ...(/^[A-Z]$/.test(grade) && { grade }),
        ...(university !== '' && { university }),
        ...withCursor(cursor),
      }),
      ...paged,
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page title={text.list} crumbs={[{ text: text.title, href: '/university-cloud' }]}>
      <Loaded query={list} text={text.errors}>
        {({ pages }) => (
          <RegisterList
            caption={text.list}
            items={pages.flatMap(({ items }) => items)}
            total={pages[0]?.total ?? 0}
            rowKey={({ id }) => id}
            row={(patent) => <Row patent={patent} />}
            search={{ value: q, label: text.search, onChange: (value) => search.set({ q: value }) }}
            facets={[
              {
                name: 'stage',
                label: text.facets.stage,
                single: true,
                selected: stage === undefined ? [] : [stage],
                options: STAGE_NAMES.flatMap((value) => {
                  const count = pages[0]?.stages[value]
                  return count === null ? [] : [{ value, label: either(STAGES[value]), count }]
                }),
              },
              {
                name: 'grade',
                label: text.facets.grade,
                single: true,
                selected: grade === '' ? [] : [grade],
                options: Object.entries(pages[0]?.grades ?? {}).map(([value, count]) => ({
                  value,
                  label: value === '' ? '—' : text.grade(value),
                  count,
                })),
              },
              {
                name: 'university',
                label: text.facets.university,
                single: true,
                selected: university === '' ? [] : [university],
                options: (universities.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
              },
            ]}
            onFacet={(name, values) => search.set({ [name]: values })}
            freshness={{ asOf: pages[0]?.asOf ?? '' }}
            downloads={{ api: '/api/v1/university-cloud/patents' }}
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

function Row({ patent }: { readonly patent: CloudItem }) {
  const text = useText()
  const { id, title, stage, grade, points, universityName, team, applicationNumber } = patent
  return (
    <RegisterRow
      href={`/university-cloud/patents/${id}`}
      title={<RecordText>{title}</RecordText>}
      badges={
        <>
          <Badge tone="info">{either(STAGES[stage])}</Badge>
          {grade !== '' && <Badge>{text.grade(grade)}</Badge>}
        </>
      }
      note={applicationNumber}
    >
      <RecordText>{universityName}</RecordText> ·{' '}
      {team === null ? text.noTeam : <RecordText>{team}</RecordText>} · {text.points(points)}
    </RegisterRow>
  )
}
