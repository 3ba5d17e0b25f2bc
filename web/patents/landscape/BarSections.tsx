import { PROVINCES } from '../../../src/patents/provinces.rules.ts'
import { fieldOf, TECHNOLOGY_FIELDS } from '../../../src/patents/technology-fields.rules.ts'
import { type Bar, BarList } from '../../ui/BarList.tsx'
import { formatNumber } from '../../ui/format.ts'
import { either, language } from '../../ui/language.ts'
import { Section } from '../../ui/Page.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { RecordText } from '../../ui/values.tsx'
import { type FilterName, type Landscape, useDocumentsHref, useText } from './queries.ts'

interface Props {
  readonly landscape: Landscape
}

const UNKNOWN = '-'

export function Owners({ landscape: { filter, owners } }: Props) {
  const text = useText()
  const documentsHref = useDocumentsHref()
  const bars = owners.items.map(({ key, count, name, names, ownerId }): Bar => ({
    key,
    label: ownerId === null ? <RecordText>{name}</RecordText> : <OwnerLink id={ownerId} name={name} />,
    note: names > 1 ? text.owners.names(names) : undefined,
    value: count,
    href: documentsHref(filter, { owner: key }),
  }))
  return (
    <Section
      title={text.owners.title}
      note={`${text.owners.note} ${text.owners.all(formatNumber(owners.distinct))}`}
      layout="stacked"
    >
      <BarList label={text.owners.title} unit={text.documents} bars={bars} />
    </Section>
  )
}

function OwnerLink({ id, name }: { readonly id: string; readonly name: string }) {
  return (
    <TextLink href={`/patents/owners/${id}`}>
      <RecordText>{name}</RecordText>
    </TextLink>
  )
}

export function Inventors({ landscape }: Props) {
  const text = useText()
  const barsOf = useBars(landscape)
  const { inventors } = landscape
  return (
    <Section
      title={text.inventors.title}
      note={`${text.inventors.note} ${text.inventors.all(formatNumber(inventors.distinct))}`}
      layout="stacked"
    >
      <BarList
        label={text.inventors.title}
        unit={text.documents}
        bars={barsOf('inventor', inventors.items, (key) => (
          <RecordText>{key}</RecordText>
        ))}
      />
    </Section>
  )
}

export function Agencies({ landscape }: Props) {
  const text = useText()
  const barsOf = useBars(landscape)
  const documentsHref = useDocumentsHref()
  const { agencies } = landscape
  const named = barsOf('agency', agencies.items, (key) => <RecordText>{key}</RecordText>)
  const without: Bar = {
    key: UNKNOWN,
    label: text.agencies.without,
    value: agencies.without,
    href: documentsHref(landscape.filter, { agency: UNKNOWN }),
    quiet: true,
  }
  return (
    <Section
      title={text.agencies.title}
      note={text.agencies.all(formatNumber(agencies.distinct))}
      layout="stacked"
    >
      <BarList
        label={text.agencies.title}
        unit={text.documents}
        first={11}
        bars={agencies.without > 0 ? [without, ...named] : named}
      />
    </Section>
  )
}

export function Fields({ landscape }: Props) {
  const text = useText()
  const barsOf = useBars(landscape)
  const names = new Map(TECHNOLOGY_FIELDS.map((field) => [String(field.number), either(field)]))
  return (
    <Section title={text.fields.title} note={text.fields.note} layout="stacked">
      <BarList
        label={text.fields.title}
        unit={text.documents}
        bars={barsOf('field', landscape.fields, (key) => names.get(key) ?? text.fields.unknown)}
      />
    </Section>
  )
}

/** The field of technology of a subclass: what the code means, in words that have an official translation. */
export function useFieldName(): (subclass: string) => string | undefined {
  return (subclass) => {
    const field = TECHNOLOGY_FIELDS.find(({ number }) => number === fieldOf(subclass))
    return field && either(field)
  }
}

export function Subclasses({ landscape }: Props) {
  const text = useText()
  const barsOf = useBars(landscape)
  const fieldName = useFieldName()
  const bars = barsOf('subclass', landscape.subclasses, (key) => key)
  return (
    <Section title={text.subclasses.title} note={text.subclasses.note} layout="stacked">
      <BarList
        label={text.subclasses.title}
        unit={text.documents}
        bars={bars.map((bar) => ({ ...bar, note: fieldName(bar.key) }))}
      />
    </Section>
  )
}

export function Statuses({ landscape }: Props) {
  const text = useText()
  const barsOf = useBars(landscape)
  const words: Readonly<Record<string, string>> = text.statuses
  return (
    <Section title={text.statuses.title} layout="stacked">
      <BarList
        label={text.statuses.title}
        unit={text.documents}
        bars={barsOf('status', landscape.statuses, (key) => words[key] ?? key, 'unknown')}
      />
    </Section>
  )
}

export function Rights({ landscape }: Props) {
  const text = useText()
  const barsOf = useBars(landscape)
  const words: Readonly<Record<string, string>> = text.rights
  return (
    <Section title={text.rights.title} layout="stacked">
      <BarList
        label={text.rights.title}
        unit={text.documents}
        bars={barsOf('right', landscape.rights, (key) => words[key] ?? key)}
      />
    </Section>
  )
}

export function Places({ landscape }: Props) {
  const text = useText()
  const barsOf = useBars(landscape)
  const documentsHref = useDocumentsHref()
  const { places } = text
  const { filter, zone, provinces, countries } = landscape
  const zones = [
    { key: 'in', count: zone.in },
    { key: 'out', count: zone.out },
    { key: UNKNOWN, count: zone.unknown },
  ]
  const zoneWords: Readonly<Record<string, string>> = {
    in: places.in,
    out: places.out,
    [UNKNOWN]: places.unknown,
  }
  return (
    <Section title={places.title} note={places.note}>
      <BarList
        label={places.zone}
        unit={text.documents}
        bars={zones.map(({ key, count }) => ({
          key,
          label: zoneWords[key] ?? key,
          value: count,
          href: documentsHref(filter, { zone: key as 'in' }),
          quiet: key === UNKNOWN,
        }))}
      />
      <h3>{places.provinces}</h3>
      <BarList
        label={places.provinces}
        unit={text.documents}
        first={8}
        bars={barsOf('province', provinces, (key) =>
          key === UNKNOWN ? text.filters.unknown : language === 'zh' ? key : (PROVINCES[key] ?? key),
        )}
      />
      <h3>{places.countries}</h3>
      <BarList
        label={places.countries}
        unit={text.documents}
        first={8}
        bars={barsOf('country', countries, (key) =>
          key === UNKNOWN ? text.filters.unknown : (countryName(key) ?? key),
        )}
      />
    </Section>
  )
}

export function countryName(code: string): string | undefined {
  try {
    const name = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }).of(code)
    return name === undefined ? undefined : `${name} ${code}`
  } catch {
    return undefined
  }
}

/** Bars in the order in which they were counted, what is not known last. */
function useBars({ filter }: Landscape) {
  const documentsHref = useDocumentsHref()
  return (
    name: FilterName,
    items: readonly { readonly key: string; readonly count: number }[],
    label: (key: string) => Bar['label'],
    unknown: string = UNKNOWN,
  ): Bar[] => {
    const bars = items.map(({ key, count }): Bar => ({
      key,
      label: label(key),
      value: count,
      href: documentsHref(filter, { [name]: key }),
      quiet: key === unknown,
    }))
    return [...bars.filter(({ quiet }) => quiet !== true), ...bars.filter(({ quiet }) => quiet === true)]
  }
}
