import { Facts } from '../ui/Facts.tsx'
import { either } from '../ui/language.ts'
import { Page } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { Empty } from '../ui/states.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { ClauseLinks } from './ClauseLinks.tsx'
import { OpeningHours } from '../ui/OpeningHours.tsx'
import { useZoneSummary } from './queries.ts'
import { SampleMark } from './SampleMark.tsx'
import { useText } from './text.ts'

/** One station: what it does, where it is, and when it is open. */
export function StationPage() {
  const text = useText()
  const zone = useZoneSummary()
  const id = usePathParameter('id')
  const station = zone.stations.find((one) => one.id === id)
  const crumbs = [{ text: text.stations.title, href: '/stations' }]
  if (!station) {
    return (
      <Page title={text.stations.title} crumbs={crumbs}>
        <Empty title={text.stations.unknown.title}>{text.stations.unknown.next}</Empty>
      </Page>
    )
  }
  const kind = zone.stationKinds[station.kind]
  const carrier = zone.carriers.find((one) => one.id === station.carrier)
  return (
    <Page
      width="prose"
      title={either(station.names)}
      eyebrow={kind && either(kind)}
      crumbs={crumbs}
      badges={station.sample && <SampleMark />}
      lede={either(station.duty)}
    >
      <Facts
        rows={[
          { label: text.stations.address, value: station.address && either(station.address) },
          {
            label: text.stations.hours,
            value: <OpeningHours hours={station.hours} />,
            note: station.hours && text.stations.holidays,
          },
          {
            label: text.stations.carrier,
            value: carrier ? (
              <TextLink href={`/carriers/${carrier.id}`}>{either(carrier.names)}</TextLink>
            ) : (
              text.stations.outside
            ),
          },
          { label: text.clauses, value: <ClauseLinks clauses={station.clauses} /> },
        ]}
      />
    </Page>
  )
}
