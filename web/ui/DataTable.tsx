import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { DownIcon, UpIcon } from './icons.ts'
import { More, type MoreProps } from './More.tsx'
import { Empty } from './states.tsx'
import { useOwnWords } from './words.ts'
import './DataTable.css'

export interface Column<Row> {
  readonly name: string
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  /** Right-aligned, figures of equal width. */
  readonly numeric?: boolean
  readonly sortable?: boolean
}

export interface Sort {
  readonly by: string
  readonly descending: boolean
}

export interface DataTableProps<Row> {
  readonly caption: string
  readonly columns: readonly [Column<Row>, ...Column<Row>[]]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly sort?: Sort
  readonly onSort?: (sort: Sort) => void
  /** Opens a row, usually in a `SidePanel`; the first cell becomes its button. */
  readonly onOpen?: (row: Row) => void
  readonly opened?: string | undefined
  readonly total?: number
  readonly more?: MoreProps
  readonly empty?: { readonly title: string; readonly next?: ReactNode }
  readonly busy?: boolean
  /** Scrolls inside itself under a fixed header instead of making the page long. */
  readonly tall?: boolean
}

/**
 * The table of the workbench. One tab stop for all rows: arrows (or j and k), Home and End move, Enter opens. It is a
 * plain table for a screen reader, with its own row and column commands.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, sort, onSort, empty, busy, tall, more, total } = props
  const words = useOwnWords()
  if (rows.length === 0 && !busy) return <Empty title={empty?.title}>{empty?.next}</Empty>
  return (
    <>
      <section
        className="data-table"
        aria-label={caption}
        data-tall={tall}
        tabIndex={tall || !props.onOpen ? 0 : undefined}
      >
        <table>
          <caption className="visually-hidden">
            {props.onOpen ? `${caption} (${words.tableKeys})` : caption}
          </caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <ColumnHeader key={column.name} column={column} sort={sort} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <Rows {...props} />
        </table>
      </section>
      {more && (
        <div className="data-table-foot">
          <More {...more} shown={rows.length} {...(total !== undefined && { total })} />
        </div>
      )}
    </>
  )
}

interface ColumnHeaderProps<Row> {
  readonly column: Column<Row>
  readonly sort: Sort | undefined
  readonly onSort: ((sort: Sort) => void) | undefined
}

function ColumnHeader<Row>({ column, sort, onSort }: ColumnHeaderProps<Row>) {
  const words = useOwnWords()
  const sorted = sort?.by === column.name ? sort : undefined
  const className = column.numeric ? 'numeric' : undefined
  if (!column.sortable || !onSort) {
    return (
      <th scope="col" className={className}>
        {column.header}
      </th>
    )
  }
  const Mark = sorted?.descending ? DownIcon : UpIcon
  const turn = () => onSort({ by: column.name, descending: sorted ? !sorted.descending : false })
  return (
    <th
      scope="col"
      className={className}
      aria-sort={sorted ? (sorted.descending ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" className="column-sort" title={words.sortBy(column.header)} onClick={turn}>
        {column.header}
        <Mark className="icon" />
      </button>
    </th>
  )
}

/** How far each key moves; `Infinity` stops at the edge. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  j: 1,
  ArrowUp: -1,
  k: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity,
}

function Rows<Row>({ columns, rows, rowKey, onOpen, opened, busy }: DataTableProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null)
  const [current, setCurrent] = useState(0)
  const [first, ...others] = columns
  // A shorter answer may leave the remembered row outside; the last row then is where one comes in.
  const entry = Math.min(current, rows.length - 1)

  const move = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const next = Math.max(0, Math.min(rows.length - 1, entry + step))
    setCurrent(next)
    body.current?.querySelectorAll<HTMLElement>('.row-open')[next]?.focus()
  }
  return (
    <tbody ref={body} aria-busy={busy === true}>
      {rows.map((row, index) => {
        const key = rowKey(row)
        return (
          <tr
            key={key}
            data-opens={onOpen ? '' : undefined}
            data-opened={opened === key ? '' : undefined}
            onClick={onOpen && (() => (setCurrent(index), onOpen(row)))}
          >
            <th scope="row" className={first.numeric ? 'numeric' : undefined}>
              {onOpen ? (
                <button
                  type="button"
                  className="row-open"
                  tabIndex={index === entry ? 0 : -1}
                  aria-expanded={opened === key}
                  onFocus={() => setCurrent(index)}
                  onKeyDown={move}
                >
                  {first.cell(row)}
                </button>
              ) : (
                first.cell(row)
              )}
            </th>
            {others.map((column) => (
              <td key={column.name} className={column.numeric ? 'numeric' : undefined}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        )
      })}
    </tbody>
  )
}
