import { either } from '../ui/language.ts'
import { RegisterRow } from '../ui/RegisterList.tsx'
import { OpeningHours } from '../ui/OpeningHours.tsx'
import type { Station, Zone } from './queries.ts'
import { SampleMark } from './SampleMark.tsx'
import { useText } from './text.ts'

/** A station as a line of a list: what it is, what it does, where and when. */
export function StationRow({ station, zone }: { readonly station: Station; readonly zone: Zone }) {
  const text = useText()
  const kind = zone.stationKinds[station.kind]
  const carrier = zone.carriers.find(({ id }) => id === station.carrier)
  return (
    <RegisterRow
      href={`/stations/${station.id}`}
      title={either(station.names)}
      badges={station.sample && <SampleMark />}
      note={kind && either(kind)}
    >
      {either(station.duty)}
      <br />
      {carrier ? either(carrier.shortNames) : text.stations.outside} · <OpeningHours hours={station.hours} />
    </RegisterRow>
  )
}
