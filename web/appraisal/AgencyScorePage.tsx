import { useQuery } from '@tanstack/react-query'
import { pointsText } from '../../src/appraisal/words.rules.ts'
import { api } from '../app/api.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { RecordText } from '../ui/values.tsx'
import { Clauses } from './CriteriaTable.tsx'
import type { AgencyScore } from './queries.ts'
import { RecomputeSection } from './RecomputeSection.tsx'
import { VerdictBadge } from './RoundPage.tsx'
import { type Text, useText } from './text.ts'

/** The score of one agency: every item with its records and its calculation, and the button that does it all again. */
export function AgencyScorePage() {
  const text = useText()
  const year = Number(usePathParameter('year'))
  const code = usePathParameter('code')
  const query = useQuery(api.appraisal.agency.queryOptions({ input: { year, code } }))
  const { data } = query
  return (
    <Page
      title={data?.result.name ?? code}
      eyebrow={`${text.agency.eyebrow(year)} · ${code}`}
      crumbs={[
        { text: text.title, href: '/appraisal' },
        { text: text.agency.back(year), href: `/appraisal/${year}` },
      ]}
      {...(data && {
        badges: <VerdictBadge verdict={data.result.verdict} state={data.state} />,
        lede: `${text.agency.points(pointsText(data.result.total))} · ${text.agency.place(data.result.rank, data.of)}`,
      })}
    >
      <Loaded query={query} text={text.errors}>
        {(score) => (
          <>
            {score.result.vetoes.length > 0 && <Vetoes score={score} />}
            <Items score={score} />
            <RecomputeSection year={year} code={code} />
            <p>
              <TextLink href={`/agencies/${code}`}>
                {text.agency.page} <RecordText>{score.result.name}</RecordText>
              </TextLink>
            </p>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Vetoes({ score: { scheme, result } }: { readonly score: AgencyScore }) {
  const text = useText()
  const struck = scheme.vetoes.filter(({ code }) => result.vetoes.includes(code))
  return (
    <Notice tone="late" title={text.agency.vetoed(struck.map(({ names }) => either(names)).join(text.comma))}>
      <p>
        {text.criteria.clause} <Clauses clauses={[...new Set(struck.flatMap(({ clauses }) => clauses))]} />
      </p>
    </Notice>
  )
}

type Item = AgencyScore['scheme']['classes'][number]['items'][number]
type Scored = AgencyScore['result']['items'][number]

function Items({ score }: { readonly score: AgencyScore }) {
  const text = useText()
  const { result, year } = score
  const standard = score.scheme.classes.find(({ code }) => code === result.classCode)
  const rows = (standard?.items ?? []).flatMap((item) => {
    const scored = result.items.find(({ code }) => code === item.code)
    return scored === undefined ? [] : [{ item, scored }]
  })
  return (
    <Section title={text.agency.items} note={text.agency.itemsNote} layout="stacked">
      <DataTable
        caption={`${text.agency.items}: ${result.name}`}
        rows={rows}
        rowKey={({ item }) => item.code}
        columns={[
          { name: 'item', header: text.agency.item, cell: ({ item }) => either(item.names) },
          {
            name: 'records',
            header: text.agency.records,
            numeric: true,
            cell: ({ item, scored }) => {
              const shown = scored.of > scored.count ? `${scored.count} / ${scored.of}` : String(scored.count)
              return (
                <TextLink
                  href={`/appraisal/${year}/agencies/${result.code}/${item.measure}`}
                  aria-label={`${either(item.names)} ${shown}`}
                >
                  {shown}
                </TextLink>
              )
            },
          },
          {
            name: 'calculation',
            header: text.agency.calculation,
            cell: ({ item, scored }) => calculation(item, scored, text),
          },
          {
            name: 'points',
            header: text.agency.earned,
            numeric: true,
            cell: ({ scored }) => pointsText(scored.points),
          },
          {
            name: 'clause',
            header: text.criteria.clause,
            cell: ({ item }) => <Clauses clauses={item.clauses} />,
          },
        ]}
      />
    </Section>
  )
}

function calculation(item: Item, { count, of }: Scored, text: Text): string {
  if (item.kind === 'share')
    return count >= item.full
      ? text.agency.full(item.weight, item.full)
      : text.agency.share(item.weight, count, item.full)
  if (item.kind === 'duty') return of === 0 ? text.agency.dutyNone : text.agency.duty(item.weight, count, of)
  if (count === 0) return text.agency.deductNone
  return item.each * count > item.weight
    ? text.agency.deductCapped(item.weight)
    : text.agency.deduct(item.each, count)
}
