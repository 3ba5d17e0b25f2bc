import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { MEASURES, type Measure } from '../../src/zone/appraisal.rules.ts'
import { api } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { Badge } from '../ui/Badge.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { Masked, RecordText } from '../ui/values.tsx'
import { useText } from './text.ts'

const isMeasure = (name: string): name is Measure => (MEASURES as readonly string[]).includes(name)

/** The records behind one count of a score, as they were stored with it. */
export function RecordsPage() {
  const text = useText()
  const year = Number(usePathParameter('year'))
  const code = usePathParameter('code')
  const asked = usePathParameter('measure')
  const measure = isMeasure(asked) ? asked : 'services'
  const agency = useQuery(api.appraisal.agency.queryOptions({ input: { year, code } }))
  const name = agency.data?.result.name ?? code
  const list = useInfiniteQuery(
    api.appraisal.records.infiniteOptions({
      input: (cursor: string | undefined) => ({ year, code, measure, limit: 100, ...(cursor && { cursor }) }),
      initialPageParam: undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  )
  return (
    <Page
      title={text.measures[measure].name}
      lede={text.records.lede(name, year)}
      crumbs={[
        { text: text.title, href: '/appraisal' },
        { text: text.agency.back(year), href: `/appraisal/${year}` },
        { text: name, href: `/appraisal/${year}/agencies/${code}` },
      ]}
    >
      <Loaded query={list} text={text.errors}>
        {({ pages }) => (
          <>
            {agency.data?.mine === false && <p>{text.records.masked}</p>}
            <DataTable
              caption={text.measures[measure].name}
              rows={pages.flatMap(({ items }) => items).map((record, at) => ({ ...record, at }))}
              rowKey={({ at }) => String(at)}
              total={pages[0]?.total ?? 0}
              more={moreOf(list)}
              empty={{ title: text.records.none, next: text.records.noneNext }}
              columns={[
                {
                  name: 'label',
                  header: text.records.label,
                  cell: ({ label }) => (label === null ? <Masked /> : <RecordText>{label}</RecordText>),
                },
                { name: 'on', header: text.records.on, cell: ({ on }) => on },
                {
                  name: 'counts',
                  header: text.records.counts,
                  cell: ({ counts }) =>
                    counts ? <Badge tone="met">{text.records.yes}</Badge> : <Badge>{text.records.no}</Badge>,
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </Page>
  )
}
