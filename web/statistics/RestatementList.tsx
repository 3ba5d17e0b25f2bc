import type { client } from '../app/api.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { either, useMessages } from '../ui/language.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { MomentText } from '../ui/values.tsx'
import { ValueText } from './figures.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import styles from './Statistics.module.css'

type Restatement = Awaited<ReturnType<typeof client.statistics.restatements>>['items'][number]

/** Old, new and why. */
export function RestatementList({ items }: { readonly items: readonly Restatement[] }) {
  const { restatements: text, snapshots, table } = useMessages({ zh, en })
  return (
    <DataTable
      caption={table(text.title)}
      columns={[
        {
          name: 'asOf',
          header: snapshots.asOf,
          cell: (row) => <TextLink href={`/snapshots/${row.snapshotId}`}>{row.asOf}</TextLink>,
        },
        {
          name: 'item',
          header: snapshots.item,
          cell: (row) => (
            <div className={styles.name}>
              <TextLink href={`/indicators/${row.code}`}>{either(row.names)}</TextLink>
            </div>
          ),
        },
        {
          name: 'old',
          header: text.old,
          numeric: true,
          cell: (row) => (row.suppressed ? text.hidden : <ValueText value={row.oldValue} unit={row.unit} />),
        },
        {
          name: 'new',
          header: text.now,
          numeric: true,
          cell: (row) => (row.suppressed ? text.hidden : <ValueText value={row.newValue} unit={row.unit} />),
        },
        { name: 'cause', header: text.cause, cell: (row) => <div className={styles.cause}>{row.cause}</div> },
        {
          name: 'changes',
          header: text.changes,
          cell: ({ added, removed, changed }) =>
            added === null || removed === null || changed === null
              ? text.hidden
              : text.changed(added, removed, changed),
        },
        { name: 'madeAt', header: text.madeAt, cell: (row) => <MomentText value={row.madeAt} /> },
      ]}
      rows={items}
      rowKey={({ id }) => id}
      empty={{ title: text.empty, next: text.emptyNext }}
    />
  )
}
