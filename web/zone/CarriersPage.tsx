import { either } from '../ui/language.ts'
import { Facts } from '../ui/Facts.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { ClauseLinks } from './ClauseLinks.tsx'
import { useZoneSummary, type Zone } from './queries.ts'
import { SampleMark } from './SampleMark.tsx'
import { useText } from './text.ts'

/** The centre and the bases: where each stands, what it is for, and which agencies it takes. */
export function CarriersPage() {
  const text = useText()
  const zone = useZoneSummary()
  return (
    <Page title={either(zone.carrierModel)} lede={text.carriers.lede}>
      {zone.carriers.map((carrier) => (
        <CarrierSection key={carrier.id} carrier={carrier} zone={zone} />
      ))}
    </Page>
  )
}

function CarrierSection({
  carrier,
  zone,
}: {
  readonly carrier: Zone['carriers'][number]
  readonly zone: Zone
}) {
  const text = useText()
  const stations = zone.stations.filter((station) => station.carrier === carrier.id)
  return (
    <Section
      title={either(carrier.shortNames)}
      note={text.carriers.kinds[carrier.kind]}
      actions={<ClauseLinks clauses={carrier.clauses} />}
    >
      <p>
        <TextLink href={`/carriers/${carrier.id}`}>{either(carrier.names)}</TextLink>{' '}
        {carrier.sample && <SampleMark />}
      </p>
      <Facts
        rows={[
          { label: text.carriers.park, value: either(carrier.park) },
          { label: text.carriers.role, value: either(carrier.role) },
          {
            label: text.carriers.stage,
            value: text.carriers.stages[carrier.stage],
            note: either(carrier.stageNote),
          },
          {
            label: text.carriers.stations,
            value:
              stations.length === 0 ? (
                text.carriers.noStations
              ) : (
                <ul>
                  {stations.map(({ id, names }) => (
                    <li key={id}>
                      <TextLink href={`/stations/${id}`}>{either(names)}</TextLink>
                    </li>
                  ))}
                </ul>
              ),
          },
        ]}
      />
    </Section>
  )
}
