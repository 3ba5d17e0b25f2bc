import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { CRITERIA, CRITERION_NAMES } from '../../../src/patents/rules.ts'
import { api, type client } from '../../app/api.ts'
import { moreOf, paged, withCursor } from '../../app/queries.ts'
import { Badge } from '../../ui/Badge.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { formatNumber, isCalendarDate } from '../../ui/format.ts'
import { either } from '../../ui/language.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../../ui/RegisterList.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { DateText, RecordText } from '../../ui/values.tsx'
import { useText } from './queries.ts'
import styles from './registers.module.css'

type List = Awaited<ReturnType<typeof client.highValue.list>>

/** The figure of high-value inventions, opened: the patents by criterion and the population they are divided by. */
export function HighValuePage() {
  const text = useText()
  const search = useSearchState()
  const q = search.text('q')
  const day = search.text('asOf')
  const criterion = CRITERION_NAMES.find((one) => one === search.text('criterion'))
  const asOf = isCalendarDate(day) ? day : undefined
  const asked = { ...(q && { q }), ...(criterion && { criterion }), ...(asOf && { asOf }) }
  const list = useInfiniteQuery({
    ...api.highValue.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...asked, limit: 50, ...withCursor(cursor) }),
      ...paged,
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page title={text.highValue.title} lede={text.highValue.lede}>
      <Loaded query={list} text={text.errors}>
        {({ pages }) => {
          const [first] = pages
          if (first === undefined) return null
          return (
            <>
              <Headline list={first} />
              <Section title={text.highValue.list} note={text.highValue.byCriterionNote} layout="stacked">
                <RegisterList
                  caption={text.highValue.list}
                  items={pages.flatMap(({ items }) => items)}
                  total={first.total}
                  rowKey={({ patentNumber }) => patentNumber}
                  row={(invention) => <Row invention={invention} />}
                  search={{
                    value: q,
                    label: text.highValue.search,
                    onChange: (value) => search.set({ q: value }),
                  }}
                  facets={[
                    {
                      name: 'criterion',
                      label: text.highValue.byCriterion,
                      single: true,
                      selected: search.all('criterion'),
                      options: CRITERION_NAMES.map((name) => ({
                        value: name,
                        label: either(CRITERIA[name]),
                        count: first.byCriterion[name],
                      })),
                    },
                  ]}
                  onFacet={(name, values) => search.set({ [name]: values })}
                  freshness={{ asOf: first.asOf }}
                  downloads={{ api: '/api/v1/high-value' }}
                  more={moreOf(list)}
                  busy={list.isPlaceholderData}
                  empty={{ title: text.highValue.empty, next: text.highValue.emptyNext }}
                  onClear={Object.keys(asked).length > 0 ? search.clear : undefined}
                />
              </Section>
            </>
          )
        }}
      </Loaded>
      <Populations asOf={asOf} />
    </Page>
  )
}

function Headline({ list: { perTenThousand, inventions, population, asOf } }: { readonly list: List }) {
  const { highValue: text } = useText()
  return (
    <>
      <div className={styles.headline}>
        <Figure
          label={text.figure}
          value={perTenThousand}
          digits={2}
          unit={text.per}
          href="/indicators/high-value-per-10k"
          asOf={asOf}
        />
        <Figure label={text.inventions} value={inventions} unit={text.patents} href="/patents/high-value" />
        <Figure
          label={text.population}
          value={population?.residents ?? null}
          unit={text.people}
          href="#populations"
        />
      </div>
      {population === null ? (
        <Notice tone="risk">{text.noPopulation}</Notice>
      ) : (
        <p className={styles.fine}>
          {text.populationUsed(population.version, population.countedOn, population.publishedOn)}
        </p>
      )}
    </>
  )
}

function Row({ invention }: { readonly invention: List['items'][number] }) {
  const { highValue: text, criteria: words } = useText()
  const { patentNumber, title, ownerName, grantedOn, criteria } = invention
  return (
    <RegisterRow
      href={`/patents/high-value/${patentNumber}`}
      title={<RecordText>{title}</RecordText>}
      badges={criteria.map((name) => (
        <Badge key={name}>{words[name]}</Badge>
      ))}
      note={patentNumber}
    >
      <RecordText>{text.row(ownerName, grantedOn)}</RecordText>
    </RegisterRow>
  )
}

function Populations({ asOf }: { readonly asOf: string | undefined }) {
  const text = useText()
  const { highValue: words } = text
  const versions = useQuery(
    api.highValue.populations.queryOptions({ input: asOf === undefined ? {} : { asOf } }),
  )
  return (
    <div id="populations">
      <Section title={words.versions} note={words.versionsNote} layout="stacked">
        <Loaded query={versions} text={text.errors}>
          {({ items }) => (
            <DataTable
              caption={words.versions}
              columns={[
                {
                  name: 'countedOn',
                  header: words.countedOn,
                  cell: (one) => <DateText value={one.countedOn} />,
                },
                { name: 'version', header: words.version, cell: ({ version }) => version },
                {
                  name: 'residents',
                  header: words.residents,
                  numeric: true,
                  cell: (one) => formatNumber(one.residents),
                },
                {
                  name: 'publishedOn',
                  header: words.publishedOn,
                  cell: (one) => <DateText value={one.publishedOn} />,
                },
                {
                  name: 'result',
                  header: words.result,
                  numeric: true,
                  cell: (one) => (one.perTenThousand === null ? '' : formatNumber(one.perTenThousand, 2)),
                },
                {
                  name: 'source',
                  header: words.source,
                  cell: (one) => <RecordText>{one.source}</RecordText>,
                },
                {
                  name: 'used',
                  header: '',
                  cell: (one) => one.used && <Badge tone="met">{words.used}</Badge>,
                },
              ]}
              rows={items}
              rowKey={(one) => `${one.countedOn} ${one.version}`}
              empty={{ title: words.noPopulation }}
            />
          )}
        </Loaded>
      </Section>
    </div>
  )
}
