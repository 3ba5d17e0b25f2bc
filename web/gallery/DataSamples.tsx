import { useState } from 'react'
import { Badge } from '../ui/Badge.tsx'
import { Board, BoardTile, IndicatorRow } from '../ui/Board.tsx'
import { Chart } from '../ui/Chart.tsx'
import { DataTable, type Sort } from '../ui/DataTable.tsx'
import { Facts } from '../ui/Facts.tsx'
import { Figure } from '../ui/Figure.tsx'
import { useMessages } from '../ui/language.ts'
import { ProofFooter } from '../ui/ProofFooter.tsx'
import { RegisterList, RegisterRow } from '../ui/RegisterList.tsx'
import { SidePanel } from '../ui/SidePanel.tsx'
import { Timeline } from '../ui/Timeline.tsx'
import { DateText, Masked, MoneyText, NumberText } from '../ui/values.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import styles from './Gallery.module.css'

const TODAY = '2026-11-22'

export function FactSamples() {
  const { sample } = useMessages({ zh, en })
  const source = { name: sample.source }
  return (
    <Facts
      rows={[
        { label: sample.nameLabel, value: sample.agency, source, asOf: TODAY },
        { label: sample.addressLabel, value: sample.address, source, asOf: '2024-03-01', stale: true },
        { label: sample.phoneLabel, value: <Masked />, source, asOf: TODAY },
        { label: sample.foundedLabel, value: null },
      ]}
    />
  )
}

export function RegisterSamples() {
  const { sample } = useMessages({ zh, en })
  const [query, setQuery] = useState('')
  const [stages, setStages] = useState<readonly string[]>(['1'])
  const items = sample.agencies.filter((name) => name.includes(query))
  return (
    <RegisterList
      caption={sample.register}
      total={items.length}
      items={items}
      rowKey={(name) => name}
      row={(name) => (
        <RegisterRow
          href="/ui"
          title={name}
          badges={<Badge tone="info">{sample.stages[1]}</Badge>}
          note={<DateText value={TODAY} />}
        >
          {sample.sentence}
        </RegisterRow>
      )}
      search={{ value: query, label: sample.search, onChange: setQuery }}
      facets={[
        {
          name: 'stage',
          label: sample.stage,
          options: sample.stages.map((label, value) => ({
            value: String(value),
            label,
            count: 12 * (value + 1),
          })),
          selected: stages,
        },
      ]}
      onFacet={(_, values) => setStages(values)}
      freshness={{ asOf: TODAY, source: { name: sample.source } }}
      downloads={{ csv: '/api/v1/agencies.csv', api: '/api/v1/agencies' }}
      more={{ hasMore: false, onMore: () => undefined }}
      empty={{ title: sample.emptyTitle, next: sample.emptyNext }}
      onClear={() => (setQuery(''), setStages([]))}
    />
  )
}

export function TableSamples() {
  const { sample } = useMessages({ zh, en })
  const [sort, setSort] = useState<Sort>({ by: 'staff', descending: true })
  const [opened, setOpened] = useState<string>()
  const [name, staff, revenue, updated] = sample.columns
  const rows = sample.agencies
    .map((agency, index) => ({
      agency,
      staff: [126, 34, 8][index] ?? 0,
      revenue: [5_210_000_000, 830_000_000, 96_000_000][index] ?? 0,
    }))
    .sort((a, b) => (sort.descending ? b.staff - a.staff : a.staff - b.staff))
  return (
    <>
      <DataTable
        caption={sample.register}
        columns={[
          { name: 'agency', header: name ?? '', cell: (row) => row.agency },
          {
            name: 'staff',
            header: staff ?? '',
            cell: (row) => <NumberText value={row.staff} />,
            numeric: true,
            sortable: true,
          },
          {
            name: 'revenue',
            header: revenue ?? '',
            cell: (row) => <MoneyText fen={row.revenue} />,
            numeric: true,
          },
          { name: 'updated', header: updated ?? '', cell: () => <DateText value={TODAY} /> },
        ]}
        rows={rows}
        rowKey={(row) => row.agency}
        sort={sort}
        onSort={setSort}
        onOpen={(row) => setOpened(row.agency)}
        opened={opened}
        total={211}
        more={{ hasMore: true, onMore: () => undefined }}
      />
      <SidePanel title={opened ?? ''} open={opened !== undefined} onClose={() => setOpened(undefined)}>
        <FactSamples />
      </SidePanel>
    </>
  )
}

export function FigureSamples() {
  const { sample } = useMessages({ zh, en })
  const figure = {
    label: sample.figure,
    unit: sample.unit,
    href: '/ui',
    targetYear: 2026,
    asOf: TODAY,
  } as const
  return (
    <div className={styles.stack}>
      <Board>
        <BoardTile title={sample.figure} href="/ui">
          <Figure {...figure} value={101} operator=">" target={100} met snapshot="019aa2f3" />
        </BoardTile>
        <BoardTile title={sample.figure}>
          <Figure {...figure} value={100} operator=">" target={100} met={false} />
        </BoardTile>
        <BoardTile title={sample.figure}>
          <Figure {...figure} value={null} operator="exceeds-comparator" withheld={sample.suppressed} />
        </BoardTile>
      </Board>
      <div>
        <IndicatorRow
          {...figure}
          name={sample.figure}
          value={97}
          operator=">"
          target={100}
          baseline={95}
          path={99}
          standing={{ tone: 'risk', words: sample.risk }}
        />
        <IndicatorRow {...figure} name={sample.figure} value={2} operator=">=" target={2} met />
        <IndicatorRow
          {...figure}
          name={sample.figure}
          value={41}
          operator=">"
          target={100}
          path={80}
          standing={{ tone: 'late', words: sample.late }}
        />
      </div>
    </div>
  )
}

export function ChartSamples() {
  const { sample } = useMessages({ zh, en })
  return (
    <div className={styles.stack}>
      <Chart
        kind="line"
        title={sample.chartTitle}
        summary={sample.chartSummary}
        categories={['2021', '2022', '2023', '2024', '2025', '2026']}
        categoryName={sample.year}
        unit={sample.unit}
        series={[
          { name: sample.actual, values: [61, 78, 95, 96, 96, 97] },
          { name: sample.planned, values: [null, null, 95, 97, 98, 99], planned: true },
        ]}
      />
      <Chart
        kind="bar"
        title={sample.barTitle}
        categories={sample.kinds}
        categoryName={sample.kind}
        unit={sample.unit}
        series={[{ name: sample.count, values: [52, 31, 12, 44, 19] }]}
      />
      <Chart
        kind="stacked"
        title={sample.barTitle}
        categories={['2024', '2025', '2026']}
        categoryName={sample.year}
        unit={sample.unit}
        series={sample.kinds.map((name, index) => ({
          name,
          values: [10 + 3 * index, 14 + 2 * index, 18 + index],
        }))}
      />
    </div>
  )
}

export function TimelineSamples() {
  const { sample } = useMessages({ zh, en })
  const [approved, corrected, accepted] = sample.events
  return (
    <>
      <Timeline
        label={sample.register}
        entries={[
          { key: '3', at: TODAY, title: approved, by: sample.by, tone: 'met', proof: '/ui' },
          { key: '2', at: '2026-11-18T02:10:00Z', title: corrected, by: sample.by },
          { key: '1', at: '2026-11-03', title: accepted, by: sample.by, tone: 'risk' },
        ]}
      />
      <ProofFooter
        entry={48_213}
        hash="9f2c1d7be04a55c1c3e8f0a9d2b74416"
        at="2026-11-22T06:32:00Z"
        href="/ledger"
      />
    </>
  )
}
