import { WHITE_SPACE_SHOWN } from '../../../src/patents/analysis.rules.ts'
import { Badge } from '../../ui/Badge.tsx'
import { BarList } from '../../ui/BarList.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Section } from '../../ui/Page.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { useFieldName } from './BarSections.tsx'
import { type Landscape, useDocumentsHref, useText } from './queries.ts'

interface Props {
  readonly landscape: Landscape
}

/** Where others file and the zone does not. */
export function WhiteSpace({ landscape }: Props) {
  const text = useText()
  const { white } = text
  const documentsHref = useDocumentsHref()
  const fieldName = useFieldName()
  const { filter, whiteSpace, recentFrom, zone } = landscape
  const open = (count: number, subclass: string, more: { zone?: 'in' } = {}) =>
    count === 0 ? (
      '0'
    ) : (
      <TextLink href={documentsHref(filter, { subclass, ...more })}>{formatNumber(count)}</TextLink>
    )
  return (
    <Section title={white.title} note={white.note(recentFrom)} layout="stacked">
      {zone.in === 0 ? (
        <p>{white.noZone}</p>
      ) : (
        <DataTable
          caption={white.caption}
          columns={[
            { name: 'subclass', header: white.subclass, cell: ({ subclass }) => subclass },
            { name: 'field', header: white.field, cell: ({ subclass }) => fieldName(subclass) ?? '' },
            {
              name: 'count',
              header: white.total,
              numeric: true,
              cell: ({ count, subclass }) => open(count, subclass),
            },
            {
              name: 'zone',
              header: white.inZone,
              numeric: true,
              cell: ({ zone: inZone, subclass }) => open(inZone, subclass, { zone: 'in' }),
            },
            {
              name: 'recent',
              header: white.recent,
              numeric: true,
              cell: ({ recent }) => formatNumber(recent),
            },
            {
              name: 'presence',
              header: white.presence,
              numeric: true,
              cell: ({ presence }) => formatNumber(presence, 2),
            },
            {
              name: 'gap',
              header: white.gap,
              cell: ({ gap, zone: inZone }) =>
                gap ? <Badge tone="risk">{inZone === 0 ? white.none : white.gap}</Badge> : '',
            },
          ]}
          rows={whiteSpace.slice(0, WHITE_SPACE_SHOWN)}
          rowKey={({ subclass }) => subclass}
        />
      )}
    </Section>
  )
}

export function Conversion({ landscape: { filter, deals, documents } }: Props) {
  const text = useText()
  const { conversion } = text
  const documentsHref = useDocumentsHref()
  const rows = [
    { key: 'transfer', label: conversion.transfer, value: deals.transfer },
    { key: 'licence', label: conversion.licence, value: deals.licence },
    { key: 'open-licence', label: conversion.openLicence, value: deals.openLicence },
    { key: 'none', label: conversion.none, value: documents - deals.dealt },
  ] as const
  return (
    <Section title={conversion.title} note={conversion.note} layout="stacked">
      <BarList
        label={conversion.title}
        unit={text.documents}
        bars={rows.map((row) => ({
          ...row,
          href: documentsHref(filter, { deal: row.key }),
          quiet: row.key === 'none',
        }))}
      />
    </Section>
  )
}
