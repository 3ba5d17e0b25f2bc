import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { moreOf } from '../app/queries.ts'
import { useSession } from '../app/session.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { CheckboxField } from '../ui/choices.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { SelectField } from '../ui/fields.tsx'
import { formatNumber } from '../ui/format.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { SearchField } from '../ui/SearchField.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { DateText, RecordText } from '../ui/values.tsx'
import { AnnualPlans } from './AnnualPlans.tsx'
import { type Standing, type TaskLine, usePlanNames, useText } from './queries.ts'
import { StandingBadge } from './StandingBadge.tsx'
import styles from './plan.module.css'

const STANDINGS: readonly Standing[] = [
  'late',
  'startLate',
  'unmanned',
  'dueSoon',
  'active',
  'planned',
  'unsettled',
  'completedLate',
  'completed',
  'cancelled',
]

/** Tasks, late first, and the annual plans that hold them. */
export function PlanDeskPage() {
  const text = useText()
  const session = useSession()
  return (
    <Page
      width="full"
      title={text.desk.title}
      lede={text.desk.lede}
      actions={<ButtonLink href="/work/plan/seats">{text.desk.seats}</ButtonLink>}
    >
      <Section title={text.progress.all} layout="stacked">
        <Filters />
        <TaskTable />
      </Section>
      <Section title={text.desk.years} layout="stacked">
        <AnnualPlans mayKeep={session.has('officer', 'operator')} />
      </Section>
    </Page>
  )
}

function Filters() {
  const text = useText()
  const names = usePlanNames()
  const search = useSearchState()
  return (
    <div className={styles.tools}>
      <SearchField label={text.desk.q} value={search.text('q')} onChange={(q) => search.set({ q })} />
      <SelectField
        name="standing"
        label={text.progress.filter.standing}
        value={search.text('standing')}
        onChange={(standing) => search.set({ standing })}
        options={STANDINGS.map((value) => ({ value, label: text.standings[value] }))}
      />
      <SelectField
        name="unit"
        label={text.act.fields.unit}
        value={search.text('unit')}
        onChange={(unit) => search.set({ unit })}
        options={names.unitOptions}
      />
      <CheckboxField
        name="mine"
        label={text.desk.mine}
        value={search.text('mine') === 'true'}
        onChange={(mine) => search.set({ mine: mine ? 'true' : '' })}
      />
    </div>
  )
}

function useTasks() {
  const search = useSearchState()
  const standing = STANDINGS.find((one) => one === search.text('standing'))
  const [q, unit] = [search.text('q').slice(0, 100), search.text('unit')]
  return useInfiniteQuery(
    api.plan.tasks.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 100,
        ...(q !== '' && { q }),
        ...(unit !== '' && { unit }),
        ...(standing !== undefined && { standing }),
        ...(search.text('mine') === 'true' && { mine: 'true' as const }),
        ...(cursor !== undefined && { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: (before) => before,
    }),
  )
}

function TaskTable() {
  const text = useText()
  const names = usePlanNames()
  const tasks = useTasks()
  const { columns } = text.desk
  return (
    <Loaded query={tasks} text={text.errors}>
      {({ pages }) => (
        <DataTable<TaskLine>
          caption={text.desk.title}
          rows={pages.flatMap(({ items }) => items)}
          rowKey={({ code }) => code}
          total={pages[0]?.total ?? 0}
          more={moreOf(tasks)}
          empty={{ title: text.desk.none, next: text.desk.noneNext }}
          columns={[
            { name: 'code', header: columns.code, cell: ({ code }) => code },
            {
              name: 'title',
              header: columns.title,
              cell: ({ code, title }) => (
                <TextLink href={`/work/plan/tasks/${code}`}>
                  <RecordText>{title}</RecordText>
                </TextLink>
              ),
            },
            { name: 'standing', header: columns.standing, cell: (task) => <StandingBadge task={task} /> },
            { name: 'due', header: columns.due, cell: ({ dueOn }) => <DateText value={dueOn} /> },
            {
              name: 'percent',
              header: columns.percent,
              numeric: true,
              cell: ({ percent }) => `${formatNumber(percent)}%`,
            },
            { name: 'unit', header: columns.unit, cell: ({ unit }) => unit && names.unit(unit) },
            { name: 'person', header: columns.person, cell: ({ person }) => person ?? text.task.noPerson },
          ]}
        />
      )}
    </Loaded>
  )
}
