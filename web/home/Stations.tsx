import { useQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { either, useMessages } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { OpeningHours } from '../ui/OpeningHours.tsx'
import { Section } from '../ui/Page.tsx'
import { Skeleton } from '../ui/states.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import styles from './HomePage.module.css'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

const SHOWN = 6

type Zone = Awaited<ReturnType<typeof client.zone.summary>>
type Station = Zone['stations'][number]

/** The counters that anybody may walk into, those of the zone's own carriers first. */
export function Stations() {
  const text = useMessages({ zh, en })
  const zone = useQuery(api.zone.summary.queryOptions({}))
  return (
    <Section
      title={text.visit}
      note={text.visitNote}
      actions={<TextLink href="/stations">{text.visitMore}</TextLink>}
    >
      <Loaded query={zone} skeleton={<Skeleton lines={6} />}>
        {({ stations, stationKinds }) => (
          <ul className={styles.stations}>
            {stations.slice(0, SHOWN).map((station) => {
              const kind = stationKinds[station.kind]
              return <StationItem key={station.id} station={station} kind={kind ? either(kind) : ''} />
            })}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}

function StationItem({ station, kind }: { readonly station: Station; readonly kind: string }) {
  const text = useMessages({ zh, en })
  return (
    <li className={styles.station}>
      <p className={styles.stationKind}>{kind}</p>
      <p className={styles.stationName}>
        <TextLink href={`/stations/${station.id}`}>{either(station.names)}</TextLink>
      </p>
      <p>{either(station.duty)}</p>
      <p className={styles.stationPlace}>
        {station.address ? either(station.address) : text.noAddress}
        {' · '}
        <OpeningHours hours={station.hours} />
      </p>
    </li>
  )
}
