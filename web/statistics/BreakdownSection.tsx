import { useQuery } from '@tanstack/react-query'
import { api, type client } from '../app/api.ts'
import { formatNumber } from '../ui/format.ts'
import { either, useMessages } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Section } from '../ui/Page.tsx'
import { TextLink } from '../ui/TextLink.tsx'
import { DateText } from '../ui/values.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import styles from './Statistics.module.css'

type Breakdown = Awaited<ReturnType<typeof client.statistics.breakdown>>
type Cell = NonNullable<Breakdown['cells']>[number][number]

export function BreakdownSection({
  code,
  asOf,
}: {
  readonly code: string
  readonly asOf: string | undefined
}) {
  const words = useMessages({ zh, en })
  const text = words.indicator
  const input = { code, ...(asOf === undefined ? {} : { asOf }) }
  const table = useQuery(api.statistics.breakdown.queryOptions({ input }))
  const query = asOf === undefined ? '' : `?asOf=${asOf}`
  return (
    <Section
      title={text.breakdown}
      note={text.breakdownNote}
      layout="stacked"
      actions={
        <a href={`/api/v1/indicators/${code}/breakdown.csv${query}`} download>
          {text.csv}
        </a>
      }
    >
      <Loaded query={table} text={words.errors}>
        {(breakdown) => <BreakdownTable breakdown={breakdown} />}
      </Loaded>
    </Section>
  )
}

function BreakdownTable({ breakdown }: { readonly breakdown: Breakdown }) {
  const text = useMessages({ zh, en }).indicator
  const { rows, columns, cells, threshold, withheld, snapshotId, asOf } = breakdown
  if (cells === null) return <p>{withheld === 'unprotectable' ? text.unprotectable : text.notPublished}</p>
  const heads = [...(columns?.values.map(({ names }) => either(names)) ?? []), text.total]
  const names = [...rows.values.map(({ names }) => either(names)), text.total]
  const covered = cells.flat().some(({ shown }) => shown !== 'shown')
  return (
    <>
      <div className="data-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{either(rows.names)}</th>
              {heads.map((head) => (
                <th scope="col" className="numeric" key={head}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cells.map((row, index) => (
              <tr key={rows.values[index]?.code ?? 'total'}>
                <th scope="row">{names[index]}</th>
                {row.map((cell, column) => (
                  <td className="numeric" key={columns?.values[column]?.code ?? 'total'}>
                    <CellText cell={cell} unit={breakdown.unit} threshold={threshold} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.quiet}>
        <DateText value={asOf} />{' '}
        {snapshotId !== null && <TextLink href={`/snapshots/${snapshotId}`}>{text.published(asOf)}</TextLink>}{' '}
        {covered && text.marks(threshold)}
      </p>
    </>
  )
}

function CellText({
  cell,
  unit,
  threshold,
}: {
  readonly cell: Cell
  readonly unit: Breakdown['unit']
  readonly threshold: number
}) {
  if (cell.shown === 'small') return <>{`<${threshold}`}</>
  if (cell.shown === 'hidden' || cell.value === null) return <>×</>
  return <>{formatNumber(cell.value / unit.per)}</>
}
