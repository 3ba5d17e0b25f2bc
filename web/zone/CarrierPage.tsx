import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { Facts } from '../ui/Facts.tsx'
import { formatShare } from '../ui/format.ts'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter } from '../ui/search-state.ts'
import { Empty } from '../ui/states.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { ClauseLinks } from './ClauseLinks.tsx'
import { useZoneSummary } from './queries.ts'
import { SampleMark } from './SampleMark.tsx'
import { StationRow } from './StationRow.tsx'
import { useText } from './text.ts'

/** One carrier with its own stations and its own space. */
export function CarrierPage() {
  const text = useText()
  const zone = useZoneSummary()
  const id = usePathParameter('id')
  const carrier = zone.carriers.find((one) => one.id === id)
  const crumbs = [{ text: either(zone.carrierModel), href: '/carriers' }]
  if (!carrier) {
    return (
      <Page title={text.carriers.title} crumbs={crumbs}>
        <Empty title={text.carriers.unknown.title}>{text.carriers.unknown.next}</Empty>
      </Page>
    )
  }
  const stations = zone.stations.filter((station) => station.carrier === id)
  return (
    <Page
      title={either(carrier.names)}
      eyebrow={text.carriers.kinds[carrier.kind]}
      crumbs={crumbs}
      badges={carrier.sample && <SampleMark />}
      lede={either(carrier.role)}
    >
      <Facts
        rows={[
          { label: text.carriers.park, value: either(carrier.park) },
          {
            label: text.carriers.stage,
            value: text.carriers.stages[carrier.stage],
            note: either(carrier.stageNote),
          },
          { label: text.clauses, value: <ClauseLinks clauses={carrier.clauses} /> },
        ]}
      />
      <Section title={text.carriers.stations}>
        {stations.length === 0 ? (
          <Empty title={text.carriers.noStations} />
        ) : (
          stations.map((station) => <StationRow key={station.id} station={station} zone={zone} />)
        )}
      </Section>
      <CarrierSpace carrier={id} />
    </Page>
  )
}

function CarrierSpace({ carrier }: { readonly carrier: string }) {
  const text = useText()
  const spaces = useQuery(api.zone.spaces.queryOptions({ input: {} }))
  return (
    <Section
      title={text.carriers.space}
      actions={<TextLink href="/spaces">{text.carriers.toSpaces}</TextLink>}
    >
      <Loaded query={spaces}>
        {({ buildings }) => {
          const own = buildings.filter((building) => building.carrier === carrier)
          if (own.length === 0) return <Empty title={text.spaces.noBuildings} />
          return (
            <Facts
              rows={own.map(({ names, letCount, unitCount, letSquareMetres, areaSquareMetres, sample }) => ({
                label: either(names),
                value: (
                  <>
                    {text.carriers.occupied(letCount, unitCount)}{' '}
                    {areaSquareMetres > 0 &&
                      text.spaces.letShare(formatShare(letSquareMetres / areaSquareMetres))}{' '}
                    {sample && <SampleMark />}
                  </>
                ),
              }))}
            />
          )
        }}
      </Loaded>
    </Section>
  )
}
