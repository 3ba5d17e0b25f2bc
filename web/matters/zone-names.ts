import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { either } from '../ui/language.ts'

/** The zone's own names for places and kinds; until they arrive a code stands for itself. */
export function useZoneNames() {
  const zone = useQuery({ ...api.zone.summary.queryOptions({}), staleTime: Infinity }).data
  return {
    stations: (zone?.stations ?? []).map(({ id, names }) => ({ value: id, label: either(names) })),
    station: (id: string) => {
      const station = zone?.stations.find((one) => one.id === id)
      return station ? either(station.names) : id
    },
    kind: (kind: string) => {
      const kinds: Readonly<Record<string, { zh: string; en: string }>> = zone?.stationKinds ?? {}
      const names = kinds[kind]
      return names ? either(names) : kind
    },
    carrier: (id: string | null) => {
      const carrier = zone?.carriers.find((one) => one.id === id)
      return carrier ? either(carrier.shortNames) : undefined
    },
  }
}
