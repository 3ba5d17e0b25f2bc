import { DataTable } from '../ui/DataTable.tsx'
import { useMessages } from '../ui/language.ts'
import { Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { ValueText } from './figures.tsx'
import type { IndicatorAnswer } from './IndicatorPage.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import styles from './Statistics.module.css'

/** Every time this number was frozen, and every correction of it. */
export function FrozenFigures({ indicator: { frozen, unitWords } }: { readonly indicator: IndicatorAnswer }) {
  const { indicator: text, snapshots, table } = useMessages({ zh, en })
  return (
    <Section title={text.frozen} note={text.frozenNote} layout="stacked">
      <DataTable
        caption={table(text.frozen)}
        columns={[
          {
            name: 'asOf',
            header: snapshots.asOf,
            cell: (row) => <TextLink href={`/snapshots/${row.id}`}>{row.asOf}</TextLink>,
          },
          { name: 'title', header: snapshots.name, cell: (row) => row.title },
          { name: 'revision', header: snapshots.restatements, cell: (row) => text.revision(row.revision) },
          {
            name: 'value',
            header: snapshots.value,
            numeric: true,
            cell: (row) => <ValueText value={row.value} unit={unitWords} suppressed={row.suppressed} />,
          },
          {
            name: 'digest',
            header: snapshots.digest,
            cell: (row) => <code className={styles.mark}>{row.digest.slice(0, 12)}</code>,
          },
        ]}
        rows={frozen}
        rowKey={({ id, revision }) => `${id}-${revision}`}
        empty={{ title: text.neverFrozen }}
      />
    </Section>
  )
}
