import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { Facts } from '../ui/Facts.tsx'
import { SelectField } from '../ui/fields.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import type { MoreProps } from '../ui/More.tsx'
import { Section } from '../ui/Page.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { Empty } from '../ui/states.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { DateText, NumberText } from '../ui/values.tsx'
import styles from './agencies.module.css'
import { PeriodState } from './PeriodTable.tsx'
import { useText } from './queries.ts'

type Desk = Awaited<ReturnType<typeof client.agencies.returnDesk>>
type State = keyof Desk['counts']

const STATES: readonly State[] = ['late', 'due', 'filed', 'filed-late', 'not-open']

/** Who has filed a period, who is late, what was explained, reminded and revised. */
export function ReturnDesk() {
  const { returns: text } = useText()
  const search = useSearchState()
  const state = STATES.find((one) => one === search.text('state'))
  const period = search.text('period')
  const desk = useInfiniteQuery(
    api.agencies.returnDesk.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 100,
        ...(/^\d{4}(Q[1-4])?$/.test(period) && { period }),
        ...(state && { state }),
        ...(cursor !== undefined && { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <Loaded query={desk} text={text.errors}>
      {({ pages }) => {
        const first = pages[0]
        if (first === undefined || first.period === null) return <Empty title={text.noPeriods} />
        return (
          <>
            <div className={styles.filters}>
              <SelectField
                name="period"
                label={text.period}
                value={first.period}
                onChange={(value) => search.set({ period: value }, { push: true })}
                options={first.periods.map((value) => ({ value, label: text.periodName(value) }))}
              />
              <SelectField
                name="state"
                label={text.filterState}
                value={state ?? ''}
                onChange={(value) => search.set({ state: value })}
                options={STATES.map((value) => ({
                  value,
                  label: `${text.states[value]} (${first.counts[value]})`,
                }))}
              />
            </div>
            <Section title={text.counts(text.periodName(first.period))} layout="stacked">
              <Counts desk={first} />
            </Section>
            <Lines
              rows={pages.flatMap(({ items }) => items)}
              desk={first}
              period={first.period}
              busy={desk.isFetching}
              more={moreOf(desk)}
            />
          </>
        )
      }}
    </Loaded>
  )
}

function Counts({ desk }: { readonly desk: Desk }) {
  const { returns: text } = useText()
  const states = STATES.filter((state) => desk.counts[state] > 0 || state === 'late' || state === 'filed')
  return (
    <Facts
      label={text.counts(desk.period ?? '')}
      rows={[
        ...states.map((state) => ({
          label: text.states[state],
          value: (
            <TextLink href={`/work/returns?period=${desk.period}&state=${state}`}>
              {String(desk.counts[state])}
            </TextLink>
          ),
        })),
        { label: text.explained, value: <NumberText value={desk.explained} /> },
        { label: text.revised, value: <NumberText value={desk.revised} /> },
      ]}
    />
  )
}

interface LinesProps {
  readonly rows: readonly Desk['items'][number][]
  readonly desk: Desk
  readonly period: string
  readonly busy: boolean
  readonly more: MoreProps
}

function Lines({ rows, desk, period, more }: LinesProps) {
  const { returns: text } = useText()
  return (
    <DataTable
      caption={text.deskTable}
      tall
      rows={rows}
      rowKey={({ code }) => code}
      total={desk.total}
      more={more}
      empty={{ title: text.deskEmpty }}
      columns={[
        {
          name: 'agency',
          header: text.agency,
          cell: ({ code, name }) => <TextLink href={`/work/returns/${code}/${period}`}>{name}</TextLink>,
        },
        { name: 'state', header: text.state, cell: ({ state }) => <PeriodState state={state} /> },
        { name: 'due', header: text.due, cell: ({ dueOn }) => <DateText value={dueOn} /> },
        {
          name: 'filed',
          header: text.filedOn,
          cell: ({ filedOn }) => (filedOn === null ? text.notFiled : <DateText value={filedOn} />),
        },
        {
          name: 'explanations',
          header: text.explanations,
          numeric: true,
          cell: ({ explanations }) => <NumberText value={explanations} />,
        },
        {
          name: 'revisions',
          header: text.revisions,
          numeric: true,
          cell: ({ revisions }) => <NumberText value={revisions} />,
        },
        {
          name: 'reminders',
          header: text.reminders,
          cell: ({ reminders, remindedOn }) =>
            reminders === 0 ? text.notReminded : text.reminded(reminders, remindedOn ?? ''),
        },
      ]}
    />
  )
}
