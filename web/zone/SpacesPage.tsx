import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { Chart } from '../ui/Chart.tsx'
import { formatShare, isCalendarDate } from '../ui/format.ts'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { BuildingList } from './BuildingList.tsx'
import { DayForm } from '../ui/DayForm.tsx'
import { SampleMark } from './SampleMark.tsx'
import { useText } from './text.ts'
import { ZoningMap } from './ZoningMap.tsx'

/** The map and the buildings as they were on any day, and how occupancy has moved. */
export function SpacesPage() {
  const text = useText()
  const search = useSearchState()
  const asked = search.text('asOf')
  const input = isCalendarDate(asked) ? { asOf: asked } : {}
  const zoning = useQuery(api.zone.zoning.queryOptions({ input, placeholderData: keepPreviousData }))
  const spaces = useQuery(api.zone.spaces.queryOptions({ input, placeholderData: keepPreviousData }))
  return (
    <Page title={text.spaces.title} lede={text.spaces.lede}>
      <DayForm day={asked} onDay={(asOf) => search.set({ asOf }, { push: true })} />
      <Section
        title={text.spaces.map}
        note={zoning.data && text.spaces.mapNote(zoning.data.asOf)}
        layout="stacked"
      >
        <Loaded query={zoning}>
          {(map) => <ZoningMap zoning={map} onDay={(asOf) => search.set({ asOf }, { push: true })} />}
        </Loaded>
      </Section>
      <Section
        title={text.spaces.buildings}
        note={spaces.data && text.spaces.units(spaces.data.letCount, spaces.data.unitCount)}
        actions={spaces.data?.sample && <SampleMark />}
        layout="stacked"
      >
        <Loaded query={spaces}>
          {(inventory) => (
            <>
              {inventory.sample && <p>{either(inventory.note)}</p>}
              <BuildingList spaces={inventory} />
            </>
          )}
        </Loaded>
      </Section>
      <Occupancy to={isCalendarDate(asked) ? asked : undefined} />
    </Page>
  )
}

function Occupancy({ to }: { readonly to: string | undefined }) {
  const text = useText()
  const spaces = useQuery(api.zone.spaces.queryOptions({ input: {} }))
  const months = useQuery(
    api.zone.occupancy.queryOptions({ input: to ? { to } : {}, placeholderData: keepPreviousData }),
  )
  return (
    <Section title={text.spaces.occupancy} layout="stacked">
      <Loaded query={months}>
        {({ items }) => {
          const latest = shareOf(items.at(-1))
          return (
            <Chart
              kind="line"
              title={text.spaces.occupancyChart}
              {...(latest !== null && { summary: text.spaces.occupancySummary(formatShare(latest / 100)) })}
              unit="%"
              categoryName={text.spaces.month}
              categories={items.map(({ on }) => on.slice(0, 7))}
              series={(spaces.data?.buildings ?? []).map(({ id, names }) => ({
                name: either(names),
                values: items.map(({ buildings }) =>
                  rounded(shareOf(buildings.find((one) => one.id === id))),
                ),
              }))}
            />
          )
        }}
      </Loaded>
    </Section>
  )
}

interface Let {
  readonly letSquareMetres: number
  readonly areaSquareMetres: number
}

/** In percent; null where there is nothing that could be let. */
function shareOf(row: Let | undefined): number | null {
  return row && row.areaSquareMetres > 0 ? (row.letSquareMetres / row.areaSquareMetres) * 100 : null
}

function rounded(percent: number | null): number | null {
  return percent === null ? null : Math.round(percent * 10) / 10
}
