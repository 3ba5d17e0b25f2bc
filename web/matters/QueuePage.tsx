import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { SelectField } from '../ui/fields.tsx'
import { CheckboxField, RadioGroup } from '../ui/choices.tsx'
import { either } from '../ui/language.ts'
import { Page, Section } from '../ui/Page.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { Arriving } from './Arriving.tsx'
import { useMyStations } from './DecideHandOver.tsx'
import styles from './matters.module.css'
import { MatterTable } from './MatterTable.tsx'
import { useText } from './text.ts'

const KINDS = ['open', 'waiting', 'closed'] as const
const VIEWS = ['queue', 'late'] as const

/** What stands open at my stations, and what is late; every filter is in the address. */
export function QueuePage() {
  const text = useText()
  const search = useSearchState()
  const view = VIEWS.find((one) => one === search.text('view')) ?? 'queue'
  const kind = KINDS.find((one) => one === search.text('kind'))
  const [q, station, procedure] = [search.text('q'), search.text('station'), search.text('procedure')]
  const unassigned = search.text('unassigned') === 'true'
  return (
    <Page title={view === 'late' ? text.queue.lateTitle : text.queue.title} width="full">
      <Arriving />
      <Section title={text.queue.list} layout="stacked">
        <div className={styles.filters}>
          <RadioGroup
            name="view"
            label={text.queue.view}
            inline
            options={VIEWS.map((value) => ({ value, label: text.queue.views[value] }))}
            value={view}
            onChange={(value) => search.set({ view: value === 'queue' ? '' : value })}
          />
          <SearchField value={q} label={text.queue.search} onChange={(value) => search.set({ q: value })} />
          <Filters />
          <SelectField
            name="kind"
            label={text.list.kind}
            none={text.list.all}
            options={KINDS.map((value) => ({ value, label: text.kinds[value] }))}
            value={kind ?? ''}
            onChange={(value) => search.set({ kind: value })}
          />
          <CheckboxField
            name="unassigned"
            label={text.queue.unassigned}
            value={unassigned}
            onChange={(on) => search.set({ unassigned: on ? 'true' : '' })}
          />
        </div>
        <MatterTable
          caption={text.queue.list}
          input={{
            scope: view,
            ...(q && { q }),
            ...(station && { station }),
            ...(procedure && { procedure }),
            ...(kind && { kind }),
            ...(unassigned && { unassigned: 'true' as const }),
          }}
          empty={
            view === 'late'
              ? { title: text.queue.noneLate }
              : { title: text.queue.none, next: text.queue.noneNext }
          }
        />
      </Section>
    </Page>
  )
}

/** The stations one works at and the procedures there are. */
function Filters() {
  const text = useText()
  const search = useSearchState()
  const procedures = useQuery(api.matters.procedures.queryOptions({ input: {} }))
  const stations = useMyStations()
  return (
    <>
      {stations.length > 1 && (
        <SelectField
          name="station"
          label={text.list.station}
          none={text.list.all}
          options={stations.map(({ code, names }) => ({ value: code, label: either(names) }))}
          value={search.text('station')}
          onChange={(value) => search.set({ station: value })}
        />
      )}
      <SelectField
        name="procedure"
        label={text.list.procedure}
        none={text.list.all}
        options={(procedures.data?.items ?? []).map(({ code, names }) => ({
          value: code,
          label: either(names),
        }))}
        value={search.text('procedure')}
        onChange={(value) => search.set({ procedure: value })}
      />
    </>
  )
}
