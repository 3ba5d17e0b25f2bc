import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { movesFrom, STAGE_NAMES, STAGES } from '../../../src/patents/cloud.rules.ts'
import { api } from '../../app/api.ts'
import { moreOf, paged, withCursor } from '../../app/queries.ts'
import { Badge } from '../../ui/Badge.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { SelectField } from '../../ui/fields.tsx'
import { formatNumber } from '../../ui/format.ts'
import { either } from '../../ui/language.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { Tabs } from '../../ui/Tabs.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { RecordText } from '../../ui/values.tsx'
import { InventorySection } from './InventorySection.tsx'
import { MoveForm } from './MoveForm.tsx'
import { useText } from './queries.ts'

/** Where a university takes its inventory in and moves its patents through the stages. */
export function CloudDeskPage() {
  const text = useText()
  const words = text.work
  const search = useSearchState()
  const query = useQuery(api.cloud.universities.queryOptions({}))
  return (
    <Page
      width="full"
      title={words.title}
      lede={words.lede}
      crumbs={[{ text: text.title, href: '/university-cloud' }]}
    >
      <Loaded query={query} text={text.errors}>
        {({ keeps }) => {
          const chosen = keeps.find(({ id }) => id === search.text('university')) ?? keeps[0]
          if (chosen === undefined) return <Notice tone="risk">{words.noUniversity}</Notice>
          return (
            <>
              {keeps.length > 1 && (
                <SelectField
                  name="university"
                  label={words.which}
                  value={chosen.id}
                  onChange={(university) => search.set({ university })}
                  options={keeps.map(({ id, name }) => ({ value: id, label: name }))}
                />
              )}
              <Inventory key={chosen.id} university={chosen.id} name={chosen.name} />
              <InventorySection key={`in ${chosen.id}`} universityId={chosen.id} />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function Inventory({ university, name }: { readonly university: string; readonly name: string }) {
  const text = useText()
  const words = text.work
  const search = useSearchState()
  const stage = STAGE_NAMES.find((one) => one === search.text('stage')) ?? 'manage'
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const list = useInfiniteQuery({
    ...api.cloud.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ university, stage, limit: 100, ...withCursor(cursor) }),
      ...paged,
    }),
    placeholderData: keepPreviousData,
  })
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  return (
    <Section title={`${words.inventory} · ${name}`} layout="stacked">
      <Loaded query={list} text={text.errors}>
        {({ pages }) => {
          const [first] = pages
          if (first === undefined) return null
          return (
            <Tabs
              label={text.facets.stage}
              selected={stage}
              onSelect={(value) => {
                setChosen(new Set())
                search.set({ stage: value })
              }}
              tabs={STAGE_NAMES.map((one) => ({
                name: one,
                label: `${either(STAGES[one])} ${formatNumber(first.stages[one] ?? 0)}`,
                content: one === stage && (
                  <>
                    <DataTable
                      caption={either(STAGES[stage])}
                      columns={[
                        {
                          name: 'chosen',
                          header: words.chosen,
                          cell: ({ id, title }) => (
                            <input
                              type="checkbox"
                              aria-label={words.select(title)}
                              checked={chosen.has(id)}
                              onChange={() => toggle(id)}
                            />
                          ),
                        },
                        {
                          name: 'title',
                          header: words.patent,
                          cell: ({ id, title, applicationNumber }) => (
                            <>
                              <TextLink href={`/university-cloud/patents/${id}`}>
                                <RecordText>{title}</RecordText>
                              </TextLink>{' '}
                              {applicationNumber}
                            </>
                          ),
                        },
                        {
                          name: 'grade',
                          header: text.facets.grade,
                          cell: ({ grade, points }) =>
                            grade === '' ? (
                              ''
                            ) : (
                              <Badge>{`${text.grade(grade)} · ${text.points(points)}`}</Badge>
                            ),
                        },
                        {
                          name: 'team',
                          header: text.team,
                          cell: ({ team }) => (team === null ? '' : <RecordText>{team}</RecordText>),
                        },
                      ]}
                      rows={pages.flatMap(({ items }) => items)}
                      rowKey={({ id }) => id}
                      total={first.total}
                      more={moreOf(list)}
                      empty={{ title: words.nothing, next: words.nothingNext }}
                    />
                    {first.total > 0 && (
                      <>
                        <p role="status">{words.selected(chosen.size)}</p>
                        <MoveForm
                          ids={[...chosen]}
                          to={movesFrom(stage)}
                          onMoved={() => setChosen(new Set())}
                        />
                      </>
                    )}
                  </>
                ),
              }))}
            />
          )
        }}
      </Loaded>
    </Section>
  )
}
