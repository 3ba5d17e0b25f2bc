import { useQuery } from '@tanstack/react-query'
import { STANDINGS } from '../../src/parties/rules.ts'
import { api } from '../app/api.ts'
import { useSession, useZone } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { type Fact, Facts } from '../ui/Facts.tsx'
import { either } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page, Section } from '../ui/Page.tsx'
import { usePathParameter, useSearchState } from '../ui/search-state.ts'
import { Timeline } from '../ui/Timeline.tsx'
import { DayForm } from '../ui/DayForm.tsx'
import type { Organisation, OrganisationState } from './queries.ts'
import { type Text, useText } from './text.ts'

/** One organisation on any day: what is registered, its standings, and how it came to be so. */
export function OrganisationPage() {
  const text = useText()
  const id = usePathParameter('id')
  const search = useSearchState()
  const { has } = useSession()
  const asOf = search.text('asOf')
  const organisation = useQuery(api.parties.get.queryOptions({ input: { id, ...(asOf && { asOf }) } }))
  const history = useQuery(api.parties.history.queryOptions({ input: { id } }))
  const { data } = organisation
  return (
    <Page
      title={data?.name ?? text.title}
      crumbs={[{ text: text.title, href: '/organisations' }]}
      badges={data?.standings
        .filter(({ inForce }) => inForce)
        .map(({ standing, validFrom }) => (
          <Badge key={standing + validFrom} tone="info">
            {either(STANDINGS[standing])}
          </Badge>
        ))}
      actions={
        data &&
        has('officer', 'operator') && (
          <ButtonLink href={`/work/organisations/${data.id}`}>{text.edit}</ButtonLink>
        )
      }
    >
      <DayForm key={asOf} day={asOf} onDay={(day) => search.set({ asOf: day }, { push: true })} />
      <PastDay asOf={asOf} onToday={() => search.set({ asOf: '' })} />
      <Loaded query={organisation} text={text.errors}>
        {(found) => (
          <>
            {found.id !== found.askedFor && <Notice>{text.merged}</Notice>}
            <Section title={text.facts}>
              <Facts rows={factsOf(found, text)} label={text.facts} />
            </Section>
            <Standings organisation={found} />
          </>
        )}
      </Loaded>
      <Loaded query={history} text={text.errors}>
        {({ items }) => <Changes states={items} />}
      </Loaded>
      <p>{text.proofs}</p>
    </Page>
  )
}

function PastDay({ asOf, onToday }: { readonly asOf: string; readonly onToday: () => void }) {
  const text = useText()
  const zone = useZone()
  if (asOf === '' || asOf === zone?.today) return null
  return (
    <Notice tone="risk" actions={<Button onClick={onToday}>{text.today}</Button>}>
      {text.past(asOf)}
    </Notice>
  )
}

function factsOf(organisation: Organisation, text: Text): Fact[] {
  const { creditCode, creditCodeOverridden, source, since } = organisation
  const told = (label: string, value: string | null): Fact[] =>
    value === null ? [] : [{ label, value, source: { name: source }, asOf: since }]
  return [
    {
      label: text.creditCode,
      value: creditCode ?? text.noCode,
      note: creditCodeOverridden ? text.overridden : undefined,
    },
    ...told(text.nameEn, organisation.nameEn),
    ...(organisation.country === 'CN' ? [] : [{ label: text.country, value: organisation.country }]),
    ...told(text.region, organisation.regionCode),
    ...told(text.industry, organisation.industryCode),
    ...told(text.address, organisation.address),
    ...organisation.identifiers.map(({ scheme, country, value, overridden }) => ({
      label: text.schemes[scheme],
      value: country === 'CN' || scheme === 'lei' ? value : `${country} ${value}`,
      note: overridden ? text.overridden : undefined,
    })),
    ...organisation.aliases.map(({ kind, name, source: from }) => ({
      label: text.aliasKinds[kind],
      value: name,
      source: { name: from },
    })),
  ]
}

function Standings({ organisation: { standings } }: { readonly organisation: Organisation }) {
  const text = useText()
  return (
    <Section title={text.standings}>
      {standings.length === 0 && <p>{text.noStandings}</p>}
      {standings.length > 0 && (
        <Facts
          label={text.standings}
          rows={standings.map(({ standing, validFrom, validTo, inForce, source, certificateNumber }) => ({
            label: either(STANDINGS[standing]),
            value: (
              <>
                {text.term(validFrom, validTo)}{' '}
                <Badge tone={inForce ? 'met' : 'neutral'}>{inForce ? text.inForce : text.notInForce}</Badge>
              </>
            ),
            source: { name: source },
            note: certificateNumber === null ? undefined : text.certificate(certificateNumber),
          }))}
        />
      )}
    </Section>
  )
}

function Changes({ states }: { readonly states: readonly OrganisationState[] }) {
  const text = useText()
  return (
    <Section title={text.history}>
      <Timeline
        label={text.history}
        entries={states
          .toReversed()
          .map(({ validFrom, validTo, name, address, regionCode, industryCode, source }) => ({
            key: validFrom,
            at: validFrom,
            title: name,
            by: source,
            detail: [text.state(validFrom, validTo), regionCode, industryCode, address]
              .filter(Boolean)
              .join(' · '),
          }))}
      />
    </Section>
  )
}
