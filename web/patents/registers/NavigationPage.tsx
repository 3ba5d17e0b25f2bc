import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { NAVIGATION_KIND_NAMES, NAVIGATION_KINDS } from '../../../src/patents/navigation.rules.ts'
import { api } from '../../app/api.ts'
import { moreOf, paged, withCursor } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { ButtonLink } from '../../ui/Button.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { formatNumber } from '../../ui/format.ts'
import { either, language } from '../../ui/language.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../../ui/RegisterList.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { TextLink } from '../../ui/TextLink.tsx'
import { DateText, RecordText } from '../../ui/values.tsx'
import { documentHref, type ProjectRow, useText } from './queries.ts'

const ADOPTIONS = ['adopted', 'partly-adopted', 'rejected', 'open'] as const

/** Bases, projects, and how far their recommendations went. */
export function NavigationPage() {
  const { navigation: text } = useText()
  const mayWrite = useSession().has('officer', 'operator')
  return (
    <Page
      title={text.title}
      lede={text.lede}
      actions={
        <>
          <ButtonLink href="/patents/cultivation-centres">{text.centres}</ButtonLink>
          {mayWrite && <ButtonLink href="/work/patents/navigation/new">{text.newProject}</ButtonLink>}
        </>
      }
    >
      <Section title={text.projects} layout="stacked">
        <Projects />
      </Section>
      <Section title={text.bases} note={text.basesNote} layout="stacked">
        <Bases />
      </Section>
    </Page>
  )
}

function Projects() {
  const text = useText()
  const { navigation: words } = text
  const search = useSearchState()
  const q = search.text('q')
  const kind = NAVIGATION_KIND_NAMES.find((one) => one === search.text('kind'))
  const adoption = ADOPTIONS.find((one) => one === search.text('adoption'))
  const asked = { ...(q && { q }), ...(kind && { kind }), ...(adoption && { adoption }) }
  const list = useInfiniteQuery({
    ...api.navigation.projects.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...asked, limit: 50, ...withCursor(cursor) }),
      ...paged,
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <Loaded query={list} text={text.errors}>
      {({ pages }) => (
        <RegisterList
          caption={words.projects}
          items={pages.flatMap(({ items }) => items)}
          total={pages[0]?.total ?? 0}
          rowKey={({ code }) => code}
          row={(project) => <Row project={project} />}
          search={{ value: q, label: words.search, onChange: (value) => search.set({ q: value }) }}
          facets={[
            {
              name: 'adoption',
              label: words.adoption,
              single: true,
              selected: search.all('adoption'),
              options: ADOPTIONS.map((value) => ({
                value,
                label: words.adoptions[value],
                count: pages[0]?.recommendations[value],
              })),
            },
            {
              name: 'kind',
              label: words.kind,
              single: true,
              selected: search.all('kind'),
              options: NAVIGATION_KIND_NAMES.map((value) => ({
                value,
                label: either(NAVIGATION_KINDS[value]),
              })),
            },
          ]}
          onFacet={(name, values) => search.set({ [name]: values })}
          freshness={{ asOf: pages[0]?.asOf ?? '' }}
          downloads={{ api: '/api/v1/navigation/projects' }}
          more={moreOf(list)}
          busy={list.isPlaceholderData}
          empty={{ title: words.empty, next: words.emptyNext }}
          onClear={Object.keys(asked).length > 0 ? search.clear : undefined}
        />
      )}
    </Loaded>
  )
}

function Row({ project }: { readonly project: ProjectRow }) {
  const { navigation: words } = useText()
  const { open, adopted, rejected } = project.recommendations
  const shown = [open, adopted, project.recommendations['partly-adopted'], rejected].map((n) =>
    formatNumber(n),
  )
  return (
    <RegisterRow
      href={`/patents/navigation/${project.code}`}
      title={<RecordText>{projectTitle(project)}</RecordText>}
      note={project.code}
    >
      {words.row(either(NAVIGATION_KINDS[project.kind]), project.startedOn, project.finishedOn)} ·{' '}
      {words.standing(shown[0] ?? '', shown[1] ?? '', shown[2] ?? '', shown[3] ?? '')}
    </RegisterRow>
  )
}

export function projectTitle({ title, titleEn }: Pick<ProjectRow, 'title' | 'titleEn'>): string {
  return language === 'en' && titleEn !== null ? titleEn : title
}

function Bases() {
  const text = useText()
  const { navigation: words } = text
  const bases = useQuery(api.navigation.bases.queryOptions({ input: {} }))
  return (
    <Loaded query={bases} text={text.errors}>
      {({ items }) => (
        <DataTable
          caption={words.bases}
          columns={[
            {
              name: 'name',
              header: words.bases,
              cell: ({ name, nameEn }) => (
                <RecordText>{language === 'en' && nameEn !== null ? nameEn : name}</RecordText>
              ),
            },
            { name: 'level', header: '', cell: ({ level }) => words.level[level] },
            {
              name: 'days',
              header: text.project.period,
              cell: ({ recognisedOn, endedOn }) => (
                <>
                  <DateText value={recognisedOn} /> {endedOn !== null && words.ended(endedOn)}
                </>
              ),
            },
            {
              name: 'evidence',
              header: words.evidence,
              cell: ({ evidenceHash }) =>
                evidenceHash === null ? (
                  ''
                ) : (
                  <TextLink href={documentHref(evidenceHash)}>{evidenceHash.slice(0, 8)}…</TextLink>
                ),
            },
            {
              name: 'projects',
              header: words.projects,
              numeric: true,
              cell: ({ projects }) => formatNumber(projects),
            },
            {
              name: 'counted',
              header: '',
              cell: ({ counted }) => (
                <Badge tone={counted ? 'met' : 'neutral'}>{counted ? words.counted : words.notCounted}</Badge>
              ),
            },
          ]}
          rows={items}
          rowKey={({ code }) => code}
          empty={{ title: words.noBases }}
        />
      )}
    </Loaded>
  )
}
