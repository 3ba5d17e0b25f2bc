import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../app/api.ts'
import { useZone } from '../app/session.ts'
import { IndicatorRow, Pillar } from '../ui/Board.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { DateField } from '../ui/fields.tsx'
import { formatNumber, isCalendarDate } from '../ui/format.ts'
import { either, useMessages } from '../ui/language.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Page } from '../ui/Page.tsx'
import { useSearchState } from '../ui/search-state.ts'
import { TextLink } from '../ui/TextLink.tsx'
import {
  inShownUnit,
  plannedInShownUnit,
  useStanding,
  useWithheld,
  type BoardAnswer,
  type Item,
} from './figures.tsx'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import styles from './Statistics.module.css'

/** Six aims, every target under its aim, on any day. */
export function BoardPage() {
  const text = useMessages({ zh, en })
  const search = useSearchState()
  const asOf = isCalendarDate(search.text('asOf')) ? search.text('asOf') : undefined
  const board = useQuery(api.statistics.board.queryOptions({ input: asOf === undefined ? {} : { asOf } }))
  return (
    <Page
      title={text.board.title}
      lede={text.board.lede}
      actions={<ButtonLink href="/snapshots">{text.board.snapshots}</ButtonLink>}
    >
      <DayChoice asOf={asOf} onChange={(day) => search.set({ asOf: day })} />
      <Loaded query={board} text={text.errors}>
        {(answer) => (
          <>
            <Frozen board={answer} />
            {answer.pillars.map((pillar) => (
              <PillarSection key={pillar.code} pillar={pillar} snapshot={answer.snapshot} asOf={asOf} />
            ))}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function DayChoice({
  asOf,
  onChange,
}: {
  readonly asOf: string | undefined
  readonly onChange: (day: string | undefined) => void
}) {
  const text = useMessages({ zh, en })
  const zone = useZone()
  const [typed, setTyped] = useState(asOf ?? zone?.today ?? '')
  const change = (day: string) => {
    setTyped(day)
    if (isCalendarDate(day)) onChange(day)
  }
  return (
    <div className={styles.day}>
      <DateField
        name="asOf"
        label={text.board.day}
        hint={text.board.dayHint}
        value={typed}
        onChange={change}
      />
      {asOf !== undefined && (
        <Button
          kind="quiet"
          onClick={() => {
            setTyped(zone?.today ?? '')
            onChange(undefined)
          }}
        >
          {text.board.today}
        </Button>
      )}
    </div>
  )
}

function Frozen({ board: { snapshot } }: { readonly board: BoardAnswer }) {
  const text = useMessages({ zh, en })
  if (snapshot === null) return <p className={styles.quiet}>{text.board.notFrozen}</p>
  return (
    <p className={styles.quiet}>
      <TextLink href={`/snapshots/${snapshot.id}`}>{text.board.frozen(snapshot.asOf)}</TextLink>{' '}
      <code className={styles.mark}>{snapshot.digest.slice(0, 12)}</code>
    </p>
  )
}

interface PillarProps {
  readonly pillar: BoardAnswer['pillars'][number]
  readonly snapshot: BoardAnswer['snapshot']
  readonly asOf: string | undefined
}

function PillarSection({ pillar, snapshot, asOf }: PillarProps) {
  const text = useMessages({ zh, en })
  return (
    <div id={pillar.code} className={styles.pillar}>
      <Pillar title={either(pillar.names)} note={pillar.aim && either(pillar.aim)}>
        {pillar.items.length === 0 && <p className={styles.quiet}>{text.board.empty}</p>}
        {pillar.items.map((item) => (
          <BoardRow key={item.code} item={item} snapshot={snapshot} asOf={asOf} />
        ))}
      </Pillar>
    </div>
  )
}

function BoardRow({
  item,
  snapshot,
  asOf,
}: {
  readonly item: Item
  readonly snapshot: BoardAnswer['snapshot']
  readonly asOf: string | undefined
}) {
  const standing = useStanding(item)
  const withheld = useWithheld()(item.suppressed)
  const value = (stored: number | null) => inShownUnit(stored, item.unitWords)
  const name = either(item.names)
  return (
    <IndicatorRow
      name={name}
      label={name}
      value={value(item.value)}
      unit={either(item.unitWords)}
      href={`/indicators/${item.code}${asOf === undefined ? '' : `?asOf=${asOf}`}`}
      {...(item.operator === null ? {} : { operator: item.operator, standing })}
      target={value(item.target)}
      targetYear={item.targetYear ?? undefined}
      met={item.met}
      asOf={item.asOf}
      snapshot={snapshot?.asOf}
      baseline={item.baseline === null ? null : value(item.baseline.value)}
      path={plannedInShownUnit(item.planned, item.unitWords)}
      withheld={withheld}
      related={<Related item={item} />}
    />
  )
}

/** What the figure is compared with, and the clauses that ask for it. */
function Related({ item }: { readonly item: Item }) {
  const text = useMessages({ zh, en })
  const said = (value: number) => `${formatNumber(value / item.unitWords.per)} ${either(item.unitWords)}`
  const notes = [
    item.declared ? undefined : text.undeclared,
    item.previous === null ? undefined : text.previous(said(item.previous)),
    item.comparatorNames === null
      ? undefined
      : item.comparator === null
        ? text.noComparator(either(item.comparatorNames))
        : text.comparator(either(item.comparatorNames), said(item.comparator.value), item.comparator.period),
  ].filter((note) => note !== undefined)
  return (
    <>
      {notes.map((note) => (
        <span key={note} className={styles.note}>
          {note}
        </span>
      ))}
      <span className={styles.note}>
        {text.clause}{' '}
        {item.clauses.map((clause) => (
          <TextLink key={clause} href={`/clauses/${clause}`} className={styles.clause}>
            {clause}
          </TextLink>
        ))}
      </span>
    </>
  )
}
