import type { client } from '../app/api.ts'
import { DataTable, type Column } from '../ui/DataTable.tsx'
import { formatNumber } from '../ui/format.ts'
import { either, useMessages, type Messages } from '../ui/language.ts'
import { TextLink } from '../ui/TextLink.tsx'
import { DateText, Masked, NumberText } from '../ui/values.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

type RecordList = Awaited<ReturnType<typeof client.statistics.records>>
type Row = RecordList['items'][number]
type Words = Messages<typeof zh>['indicator']

interface RecordsTableProps {
  readonly caption: string
  readonly pages: readonly RecordList[]
  readonly hasMore: boolean
  readonly busy: boolean
  readonly onMore: () => void
}

/** The rows a figure counts, with the number of them first: it is what the reader came to check. */
export function RecordsTable({ caption, pages, hasMore, busy, onMore }: RecordsTableProps) {
  const text = useMessages({ zh, en }).indicator
  const [first] = pages
  if (first === undefined) return null
  if (first.total === null) return <p>{text.recordsClosed}</p>
  const rows = pages.flatMap(({ items }) => items)
  return (
    <>
      <p>
        {text.recordsNote(formatNumber(first.total), countWord(first))} {first.masked && text.recordsMasked}
      </p>
      <DataTable
        caption={caption}
        columns={columnsOf(first, rows, text)}
        rows={rows}
        rowKey={({ position }) => String(position)}
        total={first.total}
        empty={{ title: text.recordsEmpty }}
        more={{ hasMore, busy, onMore }}
        busy={busy}
      />
    </>
  )
}

/** Rows are counted in rows; only where the figure itself is a count do both share a word. */
function countWord({ unit }: RecordList): string {
  const words = unit.code === 'count' || unit.code === 'person' ? unit : { zh: '条', en: 'rows' }
  return either(words)
}

function columnsOf(
  list: RecordList,
  rows: readonly Row[],
  text: Words,
): readonly [Column<Row>, ...Column<Row>[]] {
  const position: Column<Row> = {
    name: 'position',
    header: text.position,
    numeric: true,
    cell: (row) => formatNumber(row.position),
  }
  const label: Column<Row> = { name: 'label', header: text.label, cell: (row) => <Label row={row} /> }
  if (list.masked) return [position, label]
  const day: Column<Row> = {
    name: 'occurredOn',
    header: text.occurredOn,
    cell: (row) => <DateText value={row.occurredOn} />,
  }
  const amount: Column<Row> = {
    name: 'amount',
    header: text.amount(either(list.unit)),
    numeric: true,
    cell: ({ amount: stored }) => <NumberText value={stored === null ? null : stored / list.unit.per} />,
  }
  const behind: Column<Row> = {
    name: 'records',
    header: text.behind,
    numeric: true,
    cell: (row) => <NumberText value={row.records} />,
  }
  return [
    position,
    label,
    ...(rows.some((row) => row.occurredOn !== null) ? [day] : []),
    ...(rows.some((row) => row.amount !== null) ? [amount] : []),
    ...(rows.some((row) => (row.records ?? 1) > 1) ? [behind] : []),
  ]
}

function Label({ row }: { readonly row: Row }) {
  if (row.masked) return <Masked />
  return row.page === null ? <>{row.label}</> : <TextLink href={row.page}>{row.label ?? row.id}</TextLink>
}
