import { useQuery } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import { Badge } from '../ui/Badge.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { SelectField } from '../ui/fields.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { RegisterList, RegisterRow } from '../ui/RegisterList.tsx'
import { useSearchState } from '../ui/search-state.ts'
import type { ProcedureItem } from './queries.ts'
import { audienceWords } from './sentences.ts'
import { useText } from './text.ts'
import { useZoneNames } from './zone-names.ts'

/** One catalogue for every station: what can be done, for whom, and where. */
export function CataloguePage() {
  const text = useText()
  const names = useZoneNames()
  const search = useSearchState()
  const [q, station, mine] = [search.text('q'), search.text('station'), search.text('mine')]
  const procedures = useQuery({
    ...api.matters.procedures.queryOptions({ input: { ...(q && { q }), ...(station && { station }) } }),
    placeholderData: (before) => before,
  })
  const shown = (items: readonly ProcedureItem[]) => (mine ? items.filter(({ mayStart }) => mayStart) : items)
  return (
    <Page
      title={station ? text.catalogue.atStation(names.station(station)) : text.catalogue.title}
      lede={text.catalogue.lede}
      actions={
        <>
          <ButtonLink href="/orders">{text.catalogue.orders}</ButtonLink>{' '}
          <ButtonLink href={station ? `/bookings?station=${station}` : '/bookings'}>
            {text.catalogue.book}
          </ButtonLink>
        </>
      }
      {...(station && { crumbs: [{ text: text.catalogue.title, href: '/services' }] })}
    >
      <Loaded query={procedures} text={text.errors}>
        {({ items }) => (
          <RegisterList
            caption={text.catalogue.title}
            items={shown(items)}
            total={shown(items).length}
            rowKey={({ code }) => code}
            row={(item) => <ProcedureRow item={item} station={station} />}
            search={{ value: q, label: text.catalogue.search, onChange: (value) => search.set({ q: value }) }}
            facets={[
              {
                name: 'mine',
                label: text.catalogue.who,
                single: true,
                options: [{ value: 'true', label: text.catalogue.forMe }],
                selected: search.all('mine'),
              },
            ]}
            tools={
              <SelectField
                name="station"
                label={text.catalogue.station}
                none={text.list.all}
                options={names.stations}
                value={station}
                onChange={(value) => search.set({ station: value })}
              />
            }
            onFacet={(name, values) => search.set({ [name]: [...values] })}
            onClear={search.clear}
            busy={procedures.isFetching}
            downloads={{ api: '/api/v1/procedures' }}
            empty={{ title: text.catalogue.none, next: text.catalogue.noneNext }}
          />
        )}
      </Loaded>
    </Page>
  )
}

function ProcedureRow({ item, station }: { readonly item: ProcedureItem; readonly station: string }) {
  const text = useText()
  const at = station ? `?station=${station}` : ''
  return (
    <RegisterRow
      href={`/services/${item.code}${at}`}
      title={either(item.names)}
      badges={item.sample && <Badge tone="risk">{text.sample}</Badge>}
      note={audienceWords(item, text)}
    >
      {either(item.summary)}
    </RegisterRow>
  )
}
