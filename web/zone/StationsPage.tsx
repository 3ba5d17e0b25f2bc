import { either } from '../ui/language.ts'
import { Page } from '../ui/Page.tsx'
import { RegisterList } from '../ui/RegisterList.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { useZoneSummary, type Zone } from './queries.ts'
import { StationRow } from './StationRow.tsx'
import { useText } from './text.ts'

const OUTSIDE = 'outside'

/** Where one can go: every station by kind and carrier. */
export function StationsPage() {
  const text = useText()
  const zone = useZoneSummary()
  const search = useSearchState()
  const [kinds, carriers] = [search.all('kind'), search.all('carrier')]
  const stations = zone.stations.filter(
    ({ kind, carrier }) =>
      (kinds.length === 0 || kinds.includes(kind)) &&
      (carriers.length === 0 || carriers.includes(carrier ?? OUTSIDE)),
  )
  return (
    <Page title={text.stations.title} lede={text.stations.lede}>
      <RegisterList
        caption={text.stations.title}
        items={stations}
        total={stations.length}
        rowKey={({ id }) => id}
        row={(station) => <StationRow station={station} zone={zone} />}
        facets={[kindFacet(zone, kinds, text.stations.kind), carrierFacet(zone, carriers, text.stations)]}
        onFacet={(name, values) => search.set({ [name]: [...values] })}
        onClear={search.clear}
        downloads={{ api: '/api/v1/zone' }}
        empty={{ title: text.stations.none }}
      />
    </Page>
  )
}

function kindFacet({ stations, stationKinds }: Zone, selected: readonly string[], label: string) {
  const options = Object.entries(stationKinds).map(([value, names]) => ({
    value,
    label: either(names),
    count: stations.filter(({ kind }) => kind === value).length,
  }))
  return { name: 'kind', label, options: options.filter(({ count }) => count > 0), selected }
}

function carrierFacet(
  { stations, carriers }: Zone,
  selected: readonly string[],
  words: { readonly carrier: string; readonly outside: string },
) {
  const places = [
    ...carriers.map(({ id, shortNames }) => ({ value: id, label: either(shortNames) })),
    { value: OUTSIDE, label: words.outside },
  ]
  const options = places.map((place) => ({
    ...place,
    count: stations.filter(({ carrier }) => (carrier ?? OUTSIDE) === place.value).length,
  }))
  return {
    name: 'carrier',
    label: words.carrier,
    options: options.filter(({ count }) => count > 0),
    selected,
  }
}
